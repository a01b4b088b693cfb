// Which changes notify: the same for every host that can show a notification.
import { describe, expect, it } from 'vitest'
import type { Event, Severity } from '../../../shared/schemas/event.ts'
import { eventOf } from '../../renderer/event-of.ts'
import { MINUTE } from '../../../shared/domain/time.ts'
import { createDeduplicator } from '../../../electron/core/notify/deduplicator.ts'
import { notifyAtOnce } from './notify-at-once.ts'

/** Applies changes of events, each given by its special fields, and gives the indexes of those that notified. */
function apply(changes: Partial<Event>[], isEnabled: (severity: Severity) => boolean = () => true): number[] {
  const notify = notifyAtOnce(isEnabled)
  return changes.flatMap((given, index) => {
    const event = eventOf(1, given)
    return notify({ id: index + 1, kind: 'event_updated', event }) ? [index] : []
  })
}

const silent = { silenced_by: 'silence', silence_id: 1 } as const

describe('notifies', () => {
  it.each<[string, Partial<Event>[], number[]]>([
    ['once', [{}, {}, {}], [0]],
    ['again if it gets worse', [{ severity: 'INFO' }, { severity: 'CRITICAL' }, { severity: 'CRITICAL' }], [0, 1]],
    ['not if it is not open', [{ status: 'ACKNOWLEDGED' }, { status: 'RESOLVED' }], []],
    ['once for all events of an incident', [{}, { id: 2 }, { id: 3 }], [0]],
    ['never while it is silenced', [silent, silent, { ...silent, severity: 'CRITICAL' }], []],
    ['once when its silence ends', [silent, silent, {}, {}], [2]],
    ['again after a snooze', [{}, silent, silent, {}, {}], [0, 3]],
    ['not after a snooze if it has ended by then', [{}, silent, { status: 'RESOLVED' }], [0]],
    [
      'not if it was acknowledged while it was silenced',
      [{}, silent, { ...silent, status: 'ACKNOWLEDGED' }, { status: 'ACKNOWLEDGED' }],
      [0],
    ],
    ['once when the silences of all events of an incident end', [silent, { id: 2, ...silent }, {}, { id: 2 }, {}], [2]],
    ['not for the others of an incident while one is silenced', [{}, silent, { id: 2 }, { id: 2 }], [0]],
  ])('%s', (_, changes, notified) => {
    expect(apply(changes.map((change) => ({ severity: 'WARNING', status: 'OPEN', ...change })))).toEqual(notified)
  })

  describe('for a series with which several rules fire one after the other,', () => {
    const first = { id: 1, incident_id: 1 }
    const second = { id: 2, incident_id: 2 }
    const over = { ...first, status: 'RESOLVED' } as const
    it.each<[string, Partial<Event>[], number[]]>([
      ['once', [first, second, second], [0]],
      ['again if the second is worse', [first, { ...second, severity: 'CRITICAL' }, second], [0, 1]],
      ['again if the second gets worse', [first, second, { ...second, severity: 'CRITICAL' }], [0, 2]],
      ['once, if the first is acknowledged', [first, { ...first, status: 'ACKNOWLEDGED' }, second], [0]],
      ['once, if the first ends before the second', [first, second, over, second], [0]],
      ['again if the first had ended', [first, over, second], [0, 2]],
      ['again if the first is silenced', [first, { ...first, ...silent }, second, second], [0, 2]],
      ['for the second, if the first was silenced', [{ ...first, ...silent }, second], [1]],
      ['again for another series', [first, { ...second, metric_type: 'OTHER' }], [0, 1]],
      [
        'again for another event of the second incident',
        [first, second, { ...second, id: 3, metric_type: 'OTHER' }],
        [0, 2],
      ],
      ['again if its data stop', [first, { ...second, method: 'NO_DATA' }], [0, 1]],
      ['for the first after a snooze', [first, second, { ...first, ...silent }, first], [0, 3]],
    ])('%s', (_, changes, notified) => {
      expect(apply(changes.map((change) => ({ severity: 'WARNING', status: 'OPEN', ...change })))).toEqual(notified)
    })

    it('also if the first never notified, since it ended too soon', () => {
      const deduplicator = createDeduplicator(() => true)
      const events = [first, second, over, second].map((given) => eventOf(1, { status: 'OPEN', ...given }))
      expect(
        events.map((event, index) => deduplicator.reasonToNotify({ id: index + 1, kind: 'event_updated', event })),
      ).toEqual(['firing', 'firing', null, 'firing'])
    })

    it('once, also after a restart', () => {
      const warning = (given: Partial<Event>) => eventOf(1, { severity: 'WARNING', status: 'OPEN', ...given })
      const before = createDeduplicator(() => true)
      before.reasonToNotify({ id: 1, kind: 'event_updated', event: warning(first) })
      before.notified([warning(first)], 1)
      expect(before.reasonToNotify({ id: 2, kind: 'event_updated', event: warning(second) })).toBeNull()
      const after = createDeduplicator(() => true, JSON.parse(JSON.stringify(before.memory())))
      expect(after.reasonToNotify({ id: 3, kind: 'event_updated', event: warning(second) })).toBeNull()
    })
  })

  it('once more when it has spread to twice as many sources, five minutes later at the earliest', () => {
    const on = (id: number, minutes: number) => {
      const at = new Date(Date.UTC(2026, 0, 5, 12, minutes)).toISOString()
      return { id, incident_id: 1, source: `web-${id}`, last_seen_at: at }
    }
    const steps = [on(1, 0), on(2, 1), on(2, 4), on(2, 5), on(3, 20), on(4, 30), on(5, 40)]
    expect(apply(steps.map((each) => ({ severity: 'WARNING', status: 'OPEN', ...each })))).toEqual([0, 3])
  })

  it('what begins more than ten minutes after the notification, once', () => {
    const at = (minutes: number) => new Date(Date.UTC(2026, 0, 5, 12, minutes)).toISOString()
    const on = (id: number, began: number, seen: number) => ({
      id,
      incident_id: 1,
      metric_type: `M${id}`,
      began_at: at(began),
      last_seen_at: at(seen),
    })
    const steps = [on(1, 0, 2), on(2, 9, 20), on(3, 13, 30), on(3, 13, 31), on(4, 40, 40)]
    expect(apply(steps.map((each) => ({ severity: 'WARNING', status: 'OPEN', ...each })))).toEqual([0, 2])
  })

  describe('in an incident with a new source,', () => {
    const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * MINUTE).toISOString()
    const first = { id: 1, source: 'a', began_at: at(0), last_seen_at: at(0) }
    const second = { id: 2, source: 'b', began_at: at(7), last_seen_at: at(7) }
    const third = { id: 3, source: 'c', began_at: at(7), last_seen_at: at(7) }
    const over = { ...first, status: 'RESOLVED', last_seen_at: at(6) } as const
    it.each<[string, Partial<Event>[], number[]]>([
      ['not at once, while the first source is live', [first, { ...second, last_seen_at: at(3) }], [0]],
      ['if all that was notified has ended', [first, over, { ...second, last_seen_at: at(3) }], [0, 2]],
      ['once', [first, over, second, second, { ...second, last_seen_at: at(20) }], [0, 2]],
      ['not if the same source recurs', [first, over, { ...first, id: 4, began_at: at(7), last_seen_at: at(8) }], [0]],
      ['if the first has ended meanwhile and sources have doubled', [first, second, over, third], [0, 1]],
    ])('%s', (_, changes, notified) => {
      expect(apply(changes.map((change) => ({ severity: 'CRITICAL', status: 'OPEN', ...change })))).toEqual(notified)
    })
  })

  it('a silenced event when its silence ends, unless its source was notified meanwhile', () => {
    const [silenced, other] = [
      { id: 1, source: 'web-1' },
      { id: 2, source: 'db-1' },
    ]
    const steps = [{ ...silenced, ...silent }, other, silenced, silenced]
    const changes = steps.map((each) => ({ incident_id: 1, severity: 'WARNING', status: 'OPEN', ...each }) as const)
    expect(apply(changes)).toEqual([1, 2])
  })

  it('again by a reminder, but not for a silenced or acknowledged event', () => {
    const notify = notifyAtOnce()
    const notified = (['OPEN', 'ACKNOWLEDGED'] as const).flatMap((status) =>
      [null, 'silence' as const].map((silenced_by) => {
        const event = eventOf(1, { status, silenced_by })
        return notify({ id: 1, kind: 'event_reminded', event }) && notify({ id: 2, kind: 'event_reminded', event })
      }),
    )
    expect(notified).toEqual([true, false, false, false])
  })

  it('later, if notifications were disabled before', () => {
    let night = true
    const changes = [{}, silent, {}, {}].map((change) => ({ severity: 'WARNING', status: 'OPEN', ...change }) as const)
    let asked = 0
    const notified = apply(changes, () => {
      if (++asked > 2) night = false
      return !night
    })
    expect(notified).toEqual([3])
  })
})
