// Events to test with.
import type { Event } from '../../shared/schemas/event.ts'
import { MINUTE, toIso } from '../../shared/domain/time.ts'

/** Midnight of 5 January 2026 in UTC. */
export const START = Date.UTC(2026, 0, 5)

export const eventOf = (id: number, more: Partial<Event> = {}): Event => {
  const at = toIso(START + id * MINUTE)
  return {
    id,
    rule_id: 1,
    rule_name: 'Anything unusual',
    source: 'web-1',
    metric_type: 'CPU',
    server_id: null,
    unit: '%',
    method: 'ZSCORE',
    value: 97,
    score: 0.9,
    figure: 6,
    lower: 10,
    upper: 50,
    history_count: null,
    began_at: null,
    side: 'above',
    current_value: null,
    peak_at: null,
    notified_at: null,
    flapping: false,
    silenced_by: null,
    silence_id: null,
    silenced_until: null,
    severity: 'CRITICAL',
    status: 'OPEN',
    title: 'CPU on web-1 is 97 %',
    description: 'It lies high.',
    detected_at: at,
    last_seen_at: at,
    occurrences: 1,
    peak_value: 97,
    acknowledged_at: null,
    acknowledged_by: null,
    confirmed_at: null,
    confirmed_by: null,
    resolved_at: null,
    resolved_by: null,
    resolution: null,
    incident_id: 1,
    drill: false,
    ...more,
  }
}
