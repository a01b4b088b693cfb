import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/useFormat.ts'

interface Band {
  lower: number | null
  upper: number | null
  unit: string | null
}

/** Formats the expected band. */
export function useBandText(): (band: Band) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ lower, upper, unit }) => {
    if (lower !== null && upper !== null)
      return t('band.between', { lower: format.value(lower, unit), upper: format.value(upper, unit) })
    if (upper !== null) return t('band.atMost', { upper: format.value(upper, unit) })
    if (lower !== null) return t('band.atLeast', { lower: format.value(lower, unit) })
    return t('band.none')
  }
}
