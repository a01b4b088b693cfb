import { useTranslation } from 'react-i18next'
import { useRules } from '../../api/queries/useRules.ts'

/** The rules to choose from, after one entry for any. */
export function useRuleOptions() {
  const { t } = useTranslation()
  const { data: rules = [] } = useRules()
  return [{ value: '', label: t('rules.any') }, ...rules.map(({ id, name }) => ({ value: String(id), label: name }))]
}
