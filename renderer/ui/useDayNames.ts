import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DAY } from '../../shared/domain/time.ts'

const ISO_DAYS = [1, 2, 3, 4, 5, 6, 7] as const
/** A Sunday: the day before the first of a week. */
const SUNDAY = Date.UTC(2026, 0, 4)

/** The days of the week in the current language; 1 is Monday. */
export function useDayNames() {
  const { t } = useTranslation()
  const locale = t('locale')
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
    const nameOf = (day: number) => format.format(SUNDAY + day * DAY)
    const list = new Intl.ListFormat(locale, { style: 'short', type: 'unit' })
    return {
      days: ISO_DAYS.map((day) => ({ value: String(day), label: nameOf(day) })),
      formatDays: (days: readonly number[]) =>
        days.length === ISO_DAYS.length
          ? t('days.every')
          : list.format(days.toSorted((one, other) => one - other).map(nameOf)),
    }
  }, [locale, t])
}
