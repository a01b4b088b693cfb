// A field of a rule by the name that people know it by.
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

/** What only a method knows goes by its own name; `params.min_change` is written `min change`. */
export function useRuleField() {
  const { t } = useTranslation()
  return (field: string): string => {
    const known = KNOWN.find((each) => each === field)
    if (known) return t(`rules.field.${known}`)
    return field.replace('params.', '').replaceAll('_', ' ')
  }
}
