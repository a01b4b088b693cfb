import { useTranslation } from 'react-i18next'
import { SEVERITIES } from '../../../shared/schemas/event.ts'

/** The severities to choose from, the highest first, after one entry for none. */
export function useSeverityOptions(none: string) {
  const { t } = useTranslation()
  return [
    { value: '', label: none },
    ...SEVERITIES.toReversed().map((value) => ({ value, label: t(`severity.${value}`) })),
  ]
}
