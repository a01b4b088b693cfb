// What the person at this machine reads of an incident.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createNotices, type Notice } from '../../../electron/core/delivery/notices.ts'
import type { Event, Severity } from '../../../shared/schemas/event.ts'
import { eventOf } from '../../renderer/event-of.ts'

let told: Notice[]
let hear: (event: Event) => void
let wanted: (severity: Severity) => boolean
beforeEach(() => {
  vi.useFakeTimers()
  told = []
  wanted = () => true
  let id = 0
  const notices = createNotices(
    (severity) => wanted(severity),
    (notice) => told.push(notice),
  )
  hear = (event) => notices({ id: ++id, kind: 'event_updated', event })
})
afterEach(() => void vi.useRealTimers())

const ringing = (id: number, more: Partial<Event> = {}) =>
  eventOf(id, { incident_id: 1, status: 'OPEN', severity: 'WARNING', source: 'web-1', title: `Event ${id}`, ...more })

it('is one notice that names the worst of the events and the others', () => {
  hear(ringing(1, { metric_type: 'CPU' }))
  hear(ringing(2, { metric_type: 'LOAD', severity: 'CRITICAL', description: 'High.' }))
  hear(ringing(3, { metric_type: 'RAM' }))
  expect(told).toEqual([])
  vi.advanceTimersByTime(1000)
  expect(told).toMatchObject([{ title: 'Event 2', body: 'High.\nAnd 2 more on web-1: CPU, RAM' }])
  hear(ringing(4))
  vi.advanceTimersByTime(1000)
  expect(told).toHaveLength(1)
})

it('names as many as there is room for, each once', () => {
  for (let id = 1; id <= 10; id++) hear(ringing(id, { metric_type: `M${id % 7}`, description: 'High.' }))
  vi.advanceTimersByTime(1000)
  expect(told[0]!.body).toBe('High.\nAnd 9 more on web-1: M2, M3, M4, M5, …')
})

it('is of the event alone where it stands alone, and comes again when it is worse', () => {
  hear(ringing(1, { description: 'High.' }))
  vi.advanceTimersByTime(1000)
  hear(ringing(1, { severity: 'CRITICAL', description: 'High.' }))
  vi.advanceTimersByTime(1000)
  expect(told.map(({ body, event }) => [body, event.severity])).toEqual([
    ['High.', 'WARNING'],
    ['High.', 'CRITICAL'],
  ])
})

it('leaves out what is over, silent or not wanted by then', () => {
  wanted = (severity) => severity !== 'INFO'
  hear(ringing(1))
  hear(ringing(2))
  hear(ringing(3, { severity: 'INFO' }))
  hear(ringing(1, { status: 'RESOLVED' }))
  hear(ringing(2, { silenced_by: 'snooze' }))
  vi.advanceTimersByTime(1000)
  expect(told).toEqual([])
})

it('is plain text of a bounded length, whatever the names say', () => {
  const evil = '<b>bold</b> & <img src=x>\n\u202Eexe.txt\u200B\u0007\u2028=1+1'
  hear(ringing(1, { title: evil, description: evil + 'é'.repeat(5000), source: evil, severity: 'CRITICAL' }))
  hear(ringing(2, { metric_type: evil + '🔔'.repeat(256), source: evil }))
  vi.advanceTimersByTime(1000)
  const { title, body } = told[0]!
  expect(title).toBe('‹b›bold‹/b› ＆ ‹img src=x› exe.txt =1+1')
  const [description, others, ...more] = body.split('\n')
  expect(more).toEqual([])
  for (const line of [description!, others!]) {
    expect(line).not.toMatch(/[<>&\p{Cc}\p{Cf}\p{Zl}]/u)
    expect(Array.from(line)).toHaveLength(300)
    expect(line.endsWith('…')).toBe(true)
  }
})
