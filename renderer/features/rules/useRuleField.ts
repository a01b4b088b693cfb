// The label of a field of a rule.
import { useTranslation } from 'react-i18next'

const KNOWN = [
  'z_threshold',
  'iqr_factor',
  'threshold',
  'min_samples',
  'severity',
  'for_seconds',
  'cooldown_seconds',
  'resolve_seconds',
  'resolve_samples',
  'recovery_score',
  'name',
  'description',
  'source',
  'method',
  'operator',
] as const

/** Params go by their own names; `params.min_change` becomes `min change`. */
export function useRuleField() {
  const { t } = useTranslation()
  return (field: string): string => {
    const known = KNOWN.find((each) => each === field)
    if (known) return t(`rules.field.${known}`)
    return field.replace('params.', '').replaceAll('_', ' ')
  }
}
