// Which events a silence or a window is about, and how much that is now.
import { NativeSelect, TextInput } from '@mantine/core'
import type { GetInputPropsReturnType } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SEVERITIES } from '../../../shared/schemas/event.ts'
import { Card } from '../../ui/Page.tsx'
import { useRules } from '../../api/queries/useRules.ts'
import { matcherOf, type MatcherValues } from './silenceValues.ts'
import rows from '../../ui/Rows.module.css'
import classes from './silences.module.css'
import { useMatched } from '../../api/queries/useSilences.ts'

interface Props {
  values: MatcherValues
  /** What ties a field to its form. */
  inputProps: (field: keyof MatcherValues) => GetInputPropsReturnType
  /** What stands before. */
  children?: ReactNode
}

const DEBOUNCE_MS = 250

export function MatcherFields({ values, inputProps, children }: Props) {
  const { t } = useTranslation()
  const rules = useRules().data ?? []
  return (
    <Card title={t('silences.section.matches')}>
      <div className={rows.fields}>
        {children}
        <div className={rows.pair}>
          <TextInput
            size="sm"
            label={t('rules.field.source')}
            description={t('rules.field.globHint')}
            {...inputProps('source')}
          />
          <TextInput
            size="sm"
            label={t('rules.field.metricType')}
            description={t('rules.field.globHint')}
            {...inputProps('metric_type')}
          />
          <NativeSelect
            size="sm"
            label={t('silences.field.rule')}
            data={[
              { value: '', label: t('silences.anyRule') },
              ...rules.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            {...inputProps('rule_id')}
          />
          <NativeSelect
            size="sm"
            label={t('rules.field.severity')}
            data={[
              { value: '', label: t('events.filter.anySeverity') },
              ...SEVERITIES.toReversed().map((value) => ({ value, label: t(`severity.${value}`) })),
            ]}
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
          events: t('silences.liveEvents', { count: data.live_events }),
          series: t('silences.series', { count: data.series }),
        })}
    </output>
  )
}
