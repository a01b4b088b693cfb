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
  it('are one for an incident, the worst of it first, where its newest event stands', () => {
    expect(shape([])).toEqual([
      [2, [5, 3], false],
      [4, [], false],
    ])
  })

  it('begin with what is open, however much worse another was', () => {
    const over = eventOf(1, { incident_id: 1, severity: 'CRITICAL', status: 'RESOLVED' })
    const open = eventOf(2, { incident_id: 1, severity: 'INFO', status: 'OPEN' })
    expect(incidentRows([over, open], new Set()).map(({ event }) => event.id)).toEqual([2])
  })

  it('have the others below where the incident is unfolded', () => {
    expect(shape([1])).toEqual([
      [2, [5, 3], false],
      [5, [], true],
      [3, [], true],
      [4, [], false],
    ])
  })

  it('stand for all of an incident that is folded, and for one event else', () => {
    const affected = (expanded: number[]) =>
      incidentRows(EVENTS, new Set(expanded)).map((row) => eventsOfRow(row).map(({ id }) => id))
    expect(affected([])).toEqual([[2, 5, 3], [4]])
    expect(affected([1])).toEqual([[2], [5], [3], [4]])
  })
})
