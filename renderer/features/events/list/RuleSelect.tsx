// The rule whose events are shown.
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRuleOptions } from '../../rules/useRuleOptions.ts'
import classes from './events.module.css'

interface Props {
  ruleId: number | undefined
  change: (ruleId: number | undefined) => void
}

export function RuleSelect({ ruleId, change }: Props) {
  const { t } = useTranslation()
  const options = useRuleOptions()
  // An address may name a rule that doesn't exist, or isn't loaded yet.
  const isUnknown = ruleId !== undefined && !options.some(({ value }) => value === String(ruleId))
  const data = isUnknown
    ? [...options, { value: String(ruleId), label: t('events.filter.ruleNumber', { id: ruleId }) }]
    : options
  return (
    <NativeSelect
      className={classes.rule}
      aria-label={t('events.filter.rule')}
      data={data}
      value={String(ruleId ?? '')}
      onChange={({ currentTarget: { value } }) => change(Number(value) || undefined)}
    />
  )
}
