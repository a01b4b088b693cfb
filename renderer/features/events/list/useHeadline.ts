import { useTranslation } from 'react-i18next'
import type { EventFilter } from './eventFilter.ts'
import type { Section } from './sections.ts'

/** The headline of the page: what is firing, or the name of another view. */
export function useHeadline(
  { show }: EventFilter,
  sections: readonly Section[] | undefined,
  moreFiring: boolean,
): string {
  const { t } = useTranslation()
  if (show !== 'attention' || !sections) return t('events.name')
  const firing = sections.find(({ kind }) => kind === 'firing')?.events ?? []
  // Drills are counted separately: nothing is wrong.
  const real = firing.filter(({ drill }) => !drill)
  const [count, drills] = [real.length, firing.length - real.length]
  const besideDrills = (headline: string) =>
    drills > 0 ? `${headline} · ${t('events.headline.drills', { count: drills })}` : headline
  // What is on other pages can't be counted here; the header knows how many critical ones there are.
  if (moreFiring) return t('events.headline.firingMore', { count: firing.length })
  if (count === 0) return besideDrills(t('events.headline.none'))
  const critical = real.filter(({ severity }) => severity === 'CRITICAL').length
  const first = t('events.headline.firing', { count })
  return besideDrills(critical > 0 ? first + t('events.headline.critical', { count: critical }) : first)
}
