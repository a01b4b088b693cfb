// The rule whose events are shown.
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRules } from '../../../api/queries/useRules.ts'
import classes from './events.module.css'

interface Props {
  ruleId: number | undefined
  change: (ruleId: number | undefined) => void
}

export function RuleSelect({ ruleId, change }: Props) {
  const { t } = useTranslation()
  const { data: rules = [] } = useRules()
  const data = [
    { value: '', label: t('events.filter.anyRule') },
    ...rules.map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  // An address may name a rule that is not there, or not yet.
  if (ruleId && !rules.some(({ id }) => id === ruleId))
    data.push({ value: String(ruleId), label: t('events.filter.ruleNumber', { id: ruleId }) })
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
