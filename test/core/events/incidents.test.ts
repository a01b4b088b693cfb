import { describe, expect, test } from 'vitest'
import { createIncidents, type Onset } from '../../../electron/core/events/incidents.ts'
import type { IncidentMember, IncidentState } from '../../../electron/core/store/types/incidents.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/domain/time.ts'

const T0 = Date.UTC(2026, 0, 5, 3)

/** Incidents over a store with what the test gives; an event that joins none begins the next id. */
function incidentsOver({
  before = [],
  companions = {},
}: { before?: IncidentMember[]; companions?: Record<string, string[]> } = {}) {
  const ended = new Map<number, Omit<IncidentState, 'isLive'>>()
  const incidents = createIncidents({
    state: (id) => ({ endedAt: 0, endedByPerson: false, ...ended.get(id), isLive: !ended.has(id) }),
    recent: (since) => before.filter(({ beganAt }) => beganAt >= since),
    companionsOf: (source) => companions[source] ?? [],
  })
  let newest = Math.max(0, ...before.map(({ incidentId }) => incidentId))
  const raise = (source: string, minutes: number, more: Partial<Onset> = {}) => {
    const beganAt = T0 + minutes * MINUTE
    const onset = { source, drill: false, beganAt, raisedAt: beganAt, ...more }
    const id = incidents.toJoin(onset) ?? ++newest
    incidents.raised(onset, id)
    return id
  }
  const end = (id: number, minutes: number, endedByPerson = false) =>
    void ended.set(id, { endedAt: T0 + minutes * MINUTE, endedByPerson })
  return { raise, end, incidents }
}

describe('what begins together is one incident', () => {
  test('over all sources, for ten minutes from the first onset, and no longer by a chain', () => {
    const { raise } = incidentsOver()
    expect(['db', 'api', 'web'].map((source, index) => raise(source, index * 5))).toEqual([1, 1, 1])
    expect(raise('queue', 10.1)).toBe(2)
    expect(raise('cache', 16)).toBe(2)
  })

  test('also if the first to begin is noticed last, as a slow rule does', () => {
    const { raise } = incidentsOver()
    expect([raise('web', 9), raise('db', 0), raise('api', 9.5)]).toEqual([1, 1, 1])
    // The window lies around the first onset, which is the one that was noticed later.
    expect(raise('mail', 10.5)).toBe(2)
  })

  test('and samples that come late move its onset for an hour', () => {
    const raisedAfter = (comesAfter: number) => {
      const { raise } = incidentsOver()
      raise('db', 0)
      raise('api', -9, { raisedAt: T0 + comesAfter * MINUTE })
      return raise('web', -15, { raisedAt: T0 + comesAfter * MINUTE })
    }
    expect(raisedAfter(60)).toBe(1)
    expect(raisedAfter(61)).toBe(2)
  })

  test('a source that is a member joins for as long as the incident goes on, a day at most', () => {
    const { raise } = incidentsOver()
    raise('db', 0)
    raise('api', 2)
    expect(raise('api', 23 * 60)).toBe(1)
    expect(raise('api', 24 * 60 + 1)).toBe(2)
  })

  test('a source that moved together with a member before joins later, too', () => {
    const { raise } = incidentsOver({ companions: { web: ['db'] } })
    raise('db', 0)
    expect([raise('mail', 60), raise('web', 60)]).toEqual([2, 2])
    const alone = incidentsOver({ companions: { web: ['db'] } })
    alone.raise('db', 0)
    expect(alone.raise('web', 60)).toBe(1)
  })

  test('of several, its own source counts more than the time', () => {
    const { raise } = incidentsOver()
    raise('db', 0)
    expect(raise('other', 30)).toBe(2)
    expect(raise('db', 31)).toBe(1)
  })
})

describe('an incident that has ended', () => {
  test('is joined again within ten minutes', () => {
    const { raise, end } = incidentsOver()
    raise('db', 0)
    end(1, 30)
    expect(raise('db', 40)).toBe(1)
    expect(raise('db', 40.1)).toBe(2)
  })

  test('but not if a person ended it', () => {
    const { raise, end } = incidentsOver()
    raise('db', 0)
    end(1, 30, true)
    expect(raise('db', 31)).toBe(2)
  })
})

test('drills are separate, each source on its own', () => {
  const { raise } = incidentsOver()
  raise('db', 0)
  expect(raise('db', 1, { drill: true })).toBe(2)
  expect(raise('api', 1, { drill: true })).toBe(3)
  expect(raise('db', 2, { drill: true })).toBe(2)
  expect(raise('db', 3)).toBe(1)
})

test('after a restart it goes on from the stored events, and after a failed write too', () => {
  const before = [
    { incidentId: 7, source: 'db', drill: false, beganAt: T0, raisedAt: T0 },
    { incidentId: 3, source: 'old', drill: false, beganAt: T0 - 2 * DAY, raisedAt: T0 - 2 * DAY },
  ]
  const { raise, incidents } = incidentsOver({ before })
  expect(raise('api', 4)).toBe(7)
  incidents.forget()
  expect(raise('db', 60)).toBe(7)
  expect(raise('old', (2 * HOUR) / MINUTE)).toBe(8)
})
