// When the rule fires, with which severity, and when its events resolve.
import { NativeSelect, NumberInput, Switch } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../shared/domain/format.ts'
import { useSeverityOptions } from '../event-parts/useSeverityOptions.ts'
import { Card } from '../../ui/Page.tsx'
import formClasses from '../../ui/form.module.css'
import classes from './rules.module.css'
import type { RuleValues } from './ruleValues.ts'

interface Props {
  form: UseFormReturnType<RuleValues>
}

export function TimingFields({ form }: Props) {
  const { t } = useTranslation()
  return (
    <Card title={t('rules.section.alerting')}>
      <div className={formClasses.fields}>
        <div className={formClasses.pair}>
          <NativeSelect
            size="sm"
            label={t('rules.field.severity')}
            data={useSeverityOptions(t('rules.severityFromScore'))}
            {...form.getInputProps('severity')}
          />
          <Switch
            className={classes.active}
            label={t('rules.field.active')}
            {...form.getInputProps('is_active', { type: 'checkbox' })}
          />
          <Seconds form={form} field="for_seconds" />
          <Seconds form={form} field="cooldown_seconds" />
        </div>
      </div>
    </Card>
  )
}

/** When events of the rule resolve. */
export function RecoveryFields({ form }: Props) {
  const { t } = useTranslation()
  const number = { size: 'sm', clampBehavior: 'none' } as const
  return (
    <Card title={t('rules.section.recovery')}>
      <div className={formClasses.fields}>
        <div className={formClasses.pair}>
          <Seconds form={form} field="resolve_seconds" />
          <NumberInput
            {...number}
            allowDecimal={false}
            label={t('rules.field.resolve_samples')}
            description={t('rules.field.resolve_samplesHint')}
            {...form.getInputProps('resolve_samples')}
          />
          <NumberInput
            {...number}
            step={0.05}
            label={t('rules.field.recovery_score')}
            description={t('rules.field.recovery_scoreHint')}
            {...form.getInputProps('recovery_score')}
          />
        </div>
      </div>
    </Card>
  )
}

function Seconds({ form, field }: Props & { field: 'for_seconds' | 'cooldown_seconds' | 'resolve_seconds' }) {
  const { t } = useTranslation()
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
