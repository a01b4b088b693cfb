import { describe, expect, it } from 'vitest'
import { eventsOfRow, incidentRows } from '../../renderer/features/events/list/incidentRows.ts'
import { eventOf } from './event-of.ts'

const EVENTS = [
  eventOf(5, { incident_id: 1, severity: 'WARNING' }),
  eventOf(4, { incident_id: 4, severity: 'CRITICAL' }),
  eventOf(3, { incident_id: 1, severity: 'CRITICAL' }),
  eventOf(2, { incident_id: 1, severity: 'CRITICAL' }),
]
const shape = (expanded: number[]) =>
  incidentRows(EVENTS, new Set(expanded)).map(({ event, others, nested }) => [
    event.id,
    others.map(({ id }) => id),
    nested,
  ])

describe('the rows of a list', () => {
  it('are one per incident, with its most severe event, in the position of its newest', () => {
    expect(shape([])).toEqual([
      [2, [5, 3], false],
      [4, [], false],
    ])
  })

  it('start with an open event, even if another is more severe', () => {
    const over = eventOf(1, { incident_id: 1, severity: 'CRITICAL', status: 'RESOLVED' })
    const open = eventOf(2, { incident_id: 1, severity: 'INFO', status: 'OPEN' })
    expect(incidentRows([over, open], new Set()).map(({ event }) => event.id)).toEqual([2])
  })

  it('show the others below an expanded incident', () => {
    expect(shape([1])).toEqual([
      [2, [5, 3], false],
      [5, [], true],
      [3, [], true],
      [4, [], false],
    ])
  })

  it('stand for all events of a collapsed incident, otherwise for one', () => {
    const affected = (expanded: number[]) =>
      incidentRows(EVENTS, new Set(expanded)).map((row) => eventsOfRow(row).map(({ id }) => id))
    expect(affected([])).toEqual([[2, 5, 3], [4]])
    expect(affected([1])).toEqual([[2], [5], [3], [4]])
  })
})
