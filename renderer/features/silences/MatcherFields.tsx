// Which events a silence or a maintenance window matches, and how many that are now.
import { NativeSelect } from '@mantine/core'
import type { GetInputPropsReturnType } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Page.tsx'
import { SeriesPatternFields } from '../../ui/SeriesPatternFields.tsx'
import { useSeverityOptions } from '../event-parts/useSeverityOptions.ts'
import { useRuleOptions } from '../rules/useRuleOptions.ts'
import { matcherOf, type MatcherValues } from './silenceValues.ts'
import formClasses from '../../ui/form.module.css'
import classes from './silences.module.css'
import { useMatched } from '../../api/queries/useSilences.ts'

interface Props {
  values: MatcherValues
  /** Connects a field to its form. */
  inputProps: (field: keyof MatcherValues) => GetInputPropsReturnType
  /** Fields before these. */
  children?: ReactNode
}

const DEBOUNCE_MS = 250

export function MatcherFields({ values, inputProps, children }: Props) {
  const { t } = useTranslation()
  return (
    <Card title={t('silences.section.matches')}>
      <div className={formClasses.fields}>
        {children}
        <div className={formClasses.pair}>
          <SeriesPatternFields inputProps={inputProps} />
          <NativeSelect size="sm" label={t('silences.field.rule')} data={useRuleOptions()} {...inputProps('rule_id')} />
          <NativeSelect
            size="sm"
            label={t('rules.field.severity')}
            data={useSeverityOptions(t('severity.any'))}
            {...inputProps('severity')}
          />
        </div>
        <MatchCount values={values} />
      </div>
    </Card>
  )
}

function MatchCount({ values }: Pick<Props, 'values'>) {
  const { t } = useTranslation()
  const { source, metric_type } = values
  const whole = source.trim() !== '' && metric_type.trim() !== ''
  const [matcher] = useDebouncedValue(whole ? matcherOf(values) : undefined, DEBOUNCE_MS)
  const { data } = useMatched(matcher)
  return (
    <output className={classes.matched} data-testid="matched">
      {data &&
        t('silences.matches', {
          events: t('silences.activeEvents', { count: data.live_events }),
          series: t('silences.series', { count: data.series }),
        })}
    </output>
  )
}
