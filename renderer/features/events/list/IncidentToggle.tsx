import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../../shared/schemas/event.ts'
import classes from './events.module.css'

export interface Incident {
  /** The number of further events of the incident. */
  more: number
  expanded: boolean
  toggle: (incidentId: number) => void
}

/** Expands the other events of an incident. */
export function IncidentToggle({ event, more, expanded, toggle }: Incident & { event: Event }) {
  const { t } = useTranslation()
  const Icon = expanded ? IconChevronDown : IconChevronRight
  if (more === 0) return null
  return (
    <button
      type="button"
      className={classes.incident}
      aria-expanded={expanded}
      data-testid="incident"
      onClick={() => toggle(event.incident_id)}
    >
      <Icon size={15} aria-hidden />
      {t('events.incident', { count: more, source: event.source })}
    </button>
  )
}
