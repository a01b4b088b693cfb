// When the user is notified, and that no notification is lost or repeated over restarts and kills.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createChangeFeed } from '../../../electron/core/platform/change-feed.ts'
import type { NotificationMessage } from '../../../electron/core/notify/message.ts'
import { startNotifier } from '../../../electron/core/notify/notifier.ts'
import { silentLog } from '../../../electron/core/platform/ports.ts'
import type { Event, Severity } from '../../../shared/schemas/event.ts'
import { eventOf } from '../../renderer/event-of.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

const GROUP_WAIT = 1000
const NOW = Date.UTC(2026, 0, 5, 12)

let temporary: TemporaryStore
let feed: ReturnType<typeof createChangeFeed>
let messages: NotificationMessage[]
let isEnabled: (severity: Severity) => boolean
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
  messages = []
  isEnabled = () => true
  start()
}

function start(newest = 0) {
  feed = createChangeFeed()
  const { store } = temporary
  const notify = (message: NotificationMessage) => void messages.push(message)
  end = startNotifier({
    store,
    now: () => NOW,
    feed,
    log: silentLog,
    newest,
    isEnabled: (severity) => isEnabled(severity),
    notify,
  })
}

/** What was committed stays, and nothing else. */
function kill() {
  vi.clearAllTimers()
  temporary.reopen()
}

const commit = (event: Event, kind: 'anomaly_detected' | 'event_updated' | 'event_reminded' = 'event_updated') =>
  temporary.store.transaction(() =>
    temporary.store.changes.append(kind, {
      ...event,
      series_id: 1,
      last_sample_id: 1,
      critical_since: null,
      raised_at: null,
    }),
  )
const publish = (event: Event) => feed.publish([commit(event)])
const wait = (milliseconds = GROUP_WAIT) => vi.advanceTimersByTime(milliseconds)

const firing = (id: number, more: Partial<Event> = {}) =>
  eventOf(id, { incident_id: 1, status: 'OPEN', severity: 'WARNING', title: `Event ${id}`, ...more })
/** With a source and an incident of its own. */
const alone = (id: number, more: Partial<Event> = {}) => firing(id, { incident_id: id, source: `web-${id}`, ...more })
const titles = () => messages.map(({ title }) => title)

it('an incident notifies once, with all events of the first second', () => {
  publish(firing(1))
  publish(firing(2, { severity: 'CRITICAL' }))
  expect(messages).toEqual([])
  wait()
  expect(messages).toMatchObject([{ title: 'Event 2', body: expect.stringContaining('And 1 more') }])
  publish(firing(4))
  wait()
  expect(messages).toHaveLength(1)
})

it('an incident notifies again if it gets worse', () => {
  publish(firing(1))
  wait()
  publish(firing(1, { severity: 'CRITICAL' }))
  wait()
  expect(messages.map(({ event }) => event.severity)).toEqual(['WARNING', 'CRITICAL'])
})

it('the log holds every notification with its reason, and the end of the incident', () => {
  publish(firing(1))
  publish(firing(2))
  wait()
  publish(firing(1, { severity: 'CRITICAL' }))
  wait()
  feed.publish([commit(firing(1, { severity: 'CRITICAL' }), 'event_reminded')])
  wait()
  publish(firing(1, { severity: 'CRITICAL', status: 'RESOLVED' }))
  publish(firing(2, { status: 'RESOLVED' }))
  publish(firing(2, { status: 'FALSE_POSITIVE' }))
  const all = { since: 0, limit: 9, offset: 0 }
  const { total, notifications } = temporary.store.notifications.list(all)
  expect(
    notifications.toReversed().map(({ reason, severity, title, events }) => [reason, severity, title, events]),
  ).toEqual([
    ['firing', 'WARNING', 'Event 1', 2],
    ['escalated', 'CRITICAL', 'Event 1', 1],
    ['reminder', 'CRITICAL', 'Event 1', 1],
    ['resolved', 'WARNING', 'Event 2', 1],
  ])
  expect(total).toBe(4)
  expect(temporary.store.notifications.list({ ...all, incidentId: 2 })).toEqual({ total: 0, notifications: [] })
  expect(temporary.store.notifications.list({ ...all, incidentId: 1, limit: 1, offset: 3 })).toMatchObject({
    total: 4,
    notifications: [{ reason: 'firing', at: new Date(NOW).toISOString() }],
  })
})

it('an incident of which nobody was notified has no end in the log', () => {
  isEnabled = () => false
  publish(firing(1))
  publish(firing(1, { status: 'RESOLVED' }))
  wait()
  expect(temporary.store.notifications.list({ since: 0, limit: 9, offset: 0 }).total).toBe(0)
})

it('an event that has ended, is silenced or disabled by then is left out, and a later event notifies', () => {
  isEnabled = (severity) => severity !== 'INFO'
  publish(firing(1))
  publish(firing(2))
  publish(firing(3, { severity: 'INFO' }))
  publish(firing(1, { status: 'RESOLVED' }))
  publish(firing(2, { silenced_by: 'snooze' }))
  wait()
  expect(messages).toEqual([])
  publish(firing(4))
  wait()
  expect(titles()).toEqual(['Event 4'])
})

it('a change that was not published is found with the next one', () => {
  commit(alone(1))
  publish(alone(2))
  wait()
  expect(titles()).toEqual(['Event 1', 'Event 2'])
})

describe('after a kill', () => {
  it('what was committed without a notification is notified', () => {
    commit(alone(1))
    kill()
    start()
    wait()
    expect(titles()).toEqual(['Event 1'])
  })

  it('what was about to be notified is notified, except for events that have ended', () => {
    publish(alone(1))
    publish(alone(2))
    commit(alone(2, { status: 'RESOLVED' }))
    wait(GROUP_WAIT - 1)
    kill()
    start()
    wait()
    expect(titles()).toEqual(['Event 1'])
  })

  it('what was notified is not notified again, whatever else was pending', () => {
    publish(alone(1))
    wait(GROUP_WAIT / 2)
    publish(alone(2))
    publish(alone(1))
    wait(GROUP_WAIT / 2)
    expect(titles()).toEqual(['Event 1'])
    kill()
    start()
    publish(alone(1))
    wait()
    expect(titles()).toEqual(['Event 1', 'Event 2'])
  })

  it('a snooze that ended notifies, and one that goes on does not', () => {
    for (const id of [1, 2]) publish(alone(id))
    wait()
    for (const id of [1, 2]) publish(alone(id, { silenced_by: 'snooze' }))
    publish(alone(3))
    wait(GROUP_WAIT / 2)
    publish(alone(1))
    wait(GROUP_WAIT / 2)
    kill()
    start()
    wait()
    expect(titles()).toEqual(['Event 1', 'Event 2', 'Event 3', 'Event 1'])
  })

  it('a reminder notifies once', () => {
    publish(alone(1))
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

  it('every incident notifies exactly once, at whatever time', () => {
    const step = fc.constantFrom('raise', 'raise unpublished', 'update', 'wait', 'kill', 'stop')
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat({ max: 1200 })), { maxLength: 60 }), (steps) => {
        temporary.remove()
        begin()
        let raised = 0
        for (const [what, number] of steps) {
          if (what === 'raise') publish(alone(++raised))
          else if (what === 'raise unpublished') commit(alone(++raised))
          else if (what === 'wait') wait(number)
          else if (what === 'update') {
            if (raised > 0) publish(alone(1 + (number % raised)))
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
        expect(messages.map(({ event }) => event.id).toSorted((one, other) => one - other)).toEqual(all)
      }),
      { numRuns: 100 },
    )
  }, 60_000)
})

it('without a saved position, notifications begin with the start of the program', () => {
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
