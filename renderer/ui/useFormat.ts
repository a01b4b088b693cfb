// Values and times formatted for the current language.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import {
  formatAge,
  formatClock,
  formatInstant,
  formatMoment,
  formatNumber,
  formatValue,
} from '../../shared/domain/format.ts'

export function useFormat() {
  const { t } = useTranslation()
  const locale = t('locale')
  return useMemo(
    () => ({
      value: (value: number, unit: string | null) => formatValue(value, unit, locale),
      number: (value: number) => formatNumber(value, locale),
      age: (milliseconds: number) => formatAge(milliseconds, locale),
      instant: (time: number | string) => formatInstant(time, locale),
      moment: (time: number | string) => formatMoment(time, locale),
      clock: (time: number | string) => formatClock(time, locale),
    }),
    [locale],
  )
}
