// When the rule may ring, and how badly.
import { NativeSelect, NumberInput, Switch } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../shared/format.ts'
import { SEVERITIES } from '../../../shared/schemas/event.ts'
import { Card } from '../../components/Page.tsx'
import classes from './rules.module.css'
import type { RuleValues } from './ruleValues.ts'

export function TimingFields({ form }: { form: UseFormReturnType<RuleValues> }) {
  const { t } = useTranslation()
  const seconds = (field: 'for_seconds' | 'cooldown_seconds') => {
    const value = form.values[field]
    const duration = typeof value === 'number' && value >= 60 ? ` (${formatDuration(value * 1000)})` : ''
    return (
      <NumberInput
        size="sm"
        clampBehavior="none"
        allowDecimal={false}
        suffix={` ${t('rules.seconds')}`}
        label={t(`rules.field.${field}`)}
        description={t(`rules.field.${field}Hint`) + duration}
        {...form.getInputProps(field)}
      />
    )
  }
  return (
    <Card title={t('rules.section.rings')}>
      <div className={classes.fields}>
        <div className={classes.pair}>
          <NativeSelect
            size="sm"
            label={t('rules.field.severity')}
            data={[
              { value: '', label: t('rules.fromScore') },
              ...SEVERITIES.toReversed().map((value) => ({ value, label: t(`severity.${value}`) })),
            ]}
            {...form.getInputProps('severity')}
          />
          <Switch
            className={classes.active}
            label={t('rules.field.active')}
            {...form.getInputProps('is_active', { type: 'checkbox' })}
          />
          {seconds('for_seconds')}
          {seconds('cooldown_seconds')}
        </div>
      </div>
    </Card>
  )
}
