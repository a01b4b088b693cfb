import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../../shared/schemas/event.ts'
import classes from './events.module.css'

export interface Incident {
  /** The other events of the incident. */
  others: readonly Event[]
  expanded: boolean
  toggle: (incidentId: number) => void
}

/** Expands the other events of an incident. */
export function IncidentToggle({ event, others, expanded, toggle }: Incident & { event: Event }) {
  const { t } = useTranslation()
  const Icon = expanded ? IconChevronDown : IconChevronRight
  if (others.length === 0) return null
  const sources = new Set(others.map(({ source }) => source))
  const alone = sources.size === 1 ? [...sources][0] : undefined
  return (
    <button
      type="button"
      className={classes.incident}
      aria-expanded={expanded}
      data-testid="incident"
      onClick={() => toggle(event.incident_id)}
    >
      <Icon size={15} aria-hidden />
      {alone === undefined
        ? t('events.incidentOnSources', { count: others.length, sources: sources.size })
        : t('events.incident', { count: others.length, source: alone })}
    </button>
  )
}
