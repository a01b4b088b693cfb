// When the person at this machine is told, and that nothing is lost or told twice over restarts and kills.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createChangeFeed } from '../../../electron/core/platform/change-feed.ts'
import type { NotificationMessage } from '../../../electron/core/notify/message.ts'
import { startNotifier } from '../../../electron/core/notify/notifier.ts'
import { silentLog } from '../../../electron/core/platform/ports.ts'
import type { Event, Severity } from '../../../shared/schemas/event.ts'
import { eventOf } from '../../renderer/event-of.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

const GATHERING = 1000

let temporary: TemporaryStore
let feed: ReturnType<typeof createChangeFeed>
let told: NotificationMessage[]
let wanted: (severity: Severity) => boolean
let end: () => void
beforeEach(() => {
  vi.useFakeTimers()
  begin()
})
afterEach(() => {
  temporary.remove()
  vi.useRealTimers()
})

function begin() {
  temporary = temporaryStore()
  told = []
  wanted = () => true
  start()
}

function start(newest = 0) {
  feed = createChangeFeed()
  const { store } = temporary
  const tell = (notice: NotificationMessage) => void told.push(notice)
  end = startNotifier({ store, feed, log: silentLog, newest, isEnabled: (severity) => wanted(severity), notify: tell })
}

/** What was committed stays, and nothing else. */
function kill() {
  vi.clearAllTimers()
  temporary.reopen()
}

const commit = (event: Event, kind: 'anomaly_detected' | 'event_updated' | 'event_reminded' = 'event_updated') =>
  temporary.store.transaction(() => temporary.store.changes.append(kind, { ...event, series_id: 1, last_sample_id: 1 }))
const hear = (event: Event) => feed.publish([commit(event)])
const wait = (milliseconds = GATHERING) => vi.advanceTimersByTime(milliseconds)

const ringing = (id: number, more: Partial<Event> = {}) =>
  eventOf(id, { incident_id: 1, status: 'OPEN', severity: 'WARNING', title: `Event ${id}`, ...more })
/** Of a source of its own. */
const alone = (id: number, more: Partial<Event> = {}) => ringing(id, { incident_id: id, source: `web-${id}`, ...more })
const titles = () => told.map(({ title }) => title)

it('an incident is told once, with all that came within a moment', () => {
  hear(ringing(1))
  hear(ringing(2, { severity: 'CRITICAL' }))
  expect(told).toEqual([])
  wait()
  expect(told).toMatchObject([{ title: 'Event 2', body: expect.stringContaining('And 1 more') }])
  hear(ringing(4))
  wait()
  expect(told).toHaveLength(1)
})

it('an incident is told again when it is worse', () => {
  hear(ringing(1))
  wait()
  hear(ringing(1, { severity: 'CRITICAL' }))
  wait()
  expect(told.map(({ event }) => event.severity)).toEqual(['WARNING', 'CRITICAL'])
})

it('what is over, silent or not wanted by then is left out, and told when it rings again', () => {
  wanted = (severity) => severity !== 'INFO'
  hear(ringing(1))
  hear(ringing(2))
  hear(ringing(3, { severity: 'INFO' }))
  hear(ringing(1, { status: 'RESOLVED' }))
  hear(ringing(2, { silenced_by: 'snooze' }))
  wait()
  expect(told).toEqual([])
  hear(ringing(4))
  wait()
  expect(titles()).toEqual(['Event 4'])
})

it('a change that nobody was told of as yet is told with the next one', () => {
  commit(alone(1))
  hear(alone(2))
  wait()
  expect(titles()).toEqual(['Event 1', 'Event 2'])
})

describe('after a kill', () => {
  it('what was committed before anyone was told is told', () => {
    commit(alone(1))
    kill()
    start()
    wait()
    expect(titles()).toEqual(['Event 1'])
  })

  it('what was about to be told is told, but for what is over', () => {
    hear(alone(1))
    hear(alone(2))
    commit(alone(2, { status: 'RESOLVED' }))
    wait(GATHERING - 1)
    kill()
    start()
    wait()
    expect(titles()).toEqual(['Event 1'])
  })

  it('what was told is not told again, whatever else was still waiting', () => {
    hear(alone(1))
    wait(GATHERING / 2)
    hear(alone(2))
    hear(alone(1))
    wait(GATHERING / 2)
    expect(titles()).toEqual(['Event 1'])
    kill()
    start()
    hear(alone(1))
    wait()
    expect(titles()).toEqual(['Event 1', 'Event 2'])
  })

  it('a snooze that ended is told, and one that goes on is not', () => {
    for (const id of [1, 2]) hear(alone(id))
    wait()
    for (const id of [1, 2]) hear(alone(id, { silenced_by: 'snooze' }))
    hear(alone(3))
    wait(GATHERING / 2)
    hear(alone(1))
    wait(GATHERING / 2)
    kill()
    start()
    wait()
    expect(titles()).toEqual(['Event 1', 'Event 2', 'Event 3', 'Event 1'])
  })

  it('a reminder comes, once', () => {
    hear(alone(1))
    wait()
    commit(alone(1), 'event_reminded')
    kill()
    for (let i = 0; i < 2; i++) {
      start()
      wait()
      kill()
    }
    expect(titles()).toEqual(['Event 1', 'Event 1'])
  })

  it('every incident is told exactly once, whenever that is', () => {
    const step = fc.constantFrom('raise', 'raise unheard', 'update', 'wait', 'kill', 'stop')
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat({ max: 1200 })), { maxLength: 60 }), (steps) => {
        temporary.remove()
        begin()
        let raised = 0
        for (const [what, number] of steps) {
          if (what === 'raise') hear(alone(++raised))
          else if (what === 'raise unheard') commit(alone(++raised))
          else if (what === 'wait') wait(number)
          else if (what === 'update') {
            if (raised > 0) hear(alone(1 + (number % raised)))
          } else {
            if (what === 'stop') end()
            kill()
            start()
          }
        }
        kill()
        start()
        wait()
        const all = Array.from({ length: raised }, (_, index) => index + 1)
        expect(told.map(({ event }) => event.id).toSorted((one, other) => one - other)).toEqual(all)
      }),
      { numRuns: 100 },
    )
  }, 60_000)
})

it('who was never told anything begins with the start of the program', () => {
  const other = temporaryStore()
  temporary.remove()
  temporary = other
  for (const id of [1, 2]) commit(alone(id))
  const { newest } = temporary.store.changes.bounds()
  commit(alone(3))
  start(newest)
  wait()
  expect(titles()).toEqual(['Event 3'])
})
