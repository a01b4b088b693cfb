// Which changes are told: the same for every host that has a way to tell.
import { describe, expect, it } from 'vitest'
import type { Event, Severity } from '../../../shared/schemas/event.ts'
import { eventOf } from '../../renderer/event-of.ts'
import { createDeduplicator } from '../../../electron/core/notify/deduplicator.ts'
import { tellingAtOnce } from './notify-at-once.ts'

/** Hears changes of events, each given by what is special about it, and gives which were told. */
function hear(changes: Partial<Event>[], wanted: (severity: Severity) => boolean = () => true): number[] {
  const tell = tellingAtOnce(wanted)
  return changes.flatMap((given, index) => {
    const event = eventOf(1, given)
    return tell({ id: index + 1, kind: 'event_updated', event }) ? [index] : []
  })
}

const silent = { silenced_by: 'silence', silence_id: 1 } as const

describe('is told', () => {
  it.each<[string, Partial<Event>[], number[]]>([
    ['once', [{}, {}, {}], [0]],
    ['again when it is worse', [{ severity: 'INFO' }, { severity: 'CRITICAL' }, { severity: 'CRITICAL' }], [0, 1]],
    ['not when it is not open', [{ status: 'ACKNOWLEDGED' }, { status: 'RESOLVED' }], []],
    ['once for all events of an incident', [{}, { id: 2 }, { id: 3 }], [0]],
    ['never while it is silent', [silent, silent, { ...silent, severity: 'CRITICAL' }], []],
    ['once when it is heard for the first time', [silent, silent, {}, {}], [2]],
    ['again after a snooze', [{}, silent, silent, {}, {}], [0, 3]],
    ['not after a snooze when it is over by then', [{}, silent, { status: 'RESOLVED' }], [0]],
    [
      'not when it was acknowledged in its silence',
      [{}, silent, { ...silent, status: 'ACKNOWLEDGED' }, { status: 'ACKNOWLEDGED' }],
      [0],
    ],
    ['once when all events of an incident are heard again', [silent, { id: 2, ...silent }, {}, { id: 2 }, {}], [2]],
    ['not for the others of an incident while one is silent', [{}, silent, { id: 2 }, { id: 2 }], [0]],
  ])('%s', (_, changes, told) => {
    expect(hear(changes.map((change) => ({ severity: 'WARNING', status: 'OPEN', ...change })))).toEqual(told)
  })

  describe('of a series, where several rules find it wrong one after the other,', () => {
    const first = { id: 1, incident_id: 1 }
    const second = { id: 2, incident_id: 2 }
    const over = { ...first, status: 'RESOLVED' } as const
    it.each<[string, Partial<Event>[], number[]]>([
      ['once', [first, second, second], [0]],
      ['again when the second is worse', [first, { ...second, severity: 'CRITICAL' }, second], [0, 1]],
      ['again when the second becomes worse', [first, second, { ...second, severity: 'CRITICAL' }], [0, 2]],
      ['once, if the first is taken', [first, { ...first, status: 'ACKNOWLEDGED' }, second], [0]],
      ['once, if the first is over before the second', [first, second, over, second], [0]],
      ['again when the first was over', [first, over, second], [0, 2]],
      ['again when the first is silent', [first, { ...first, ...silent }, second, second], [0, 2]],
      ['of the second, when the first was not to be heard', [{ ...first, ...silent }, second], [1]],
      ['again of another series', [first, { ...second, metric_type: 'OTHER' }], [0, 1]],
      ['again of what came with the second', [first, second, { ...second, id: 3, metric_type: 'OTHER' }], [0, 2]],
      ['again when it went silent', [first, { ...second, method: 'NO_DATA' }], [0, 1]],
      ['of the first after a snooze', [first, second, { ...first, ...silent }, first], [0, 3]],
    ])('%s', (_, changes, told) => {
      expect(hear(changes.map((change) => ({ severity: 'WARNING', status: 'OPEN', ...change })))).toEqual(told)
    })

    it('also when the first was never told, since it was over too soon', () => {
      const telling = createDeduplicator(() => true)
      const events = [first, second, over, second].map((given) => eventOf(1, { status: 'OPEN', ...given }))
      expect(
        events.map((event, index) => telling.shouldNotify({ id: index + 1, kind: 'event_updated', event })),
      ).toEqual([true, true, false, true])
    })

    it('once, also by the program that comes after', () => {
      const warning = (given: Partial<Event>) => eventOf(1, { severity: 'WARNING', status: 'OPEN', ...given })
      const before = createDeduplicator(() => true)
      before.shouldNotify({ id: 1, kind: 'event_updated', event: warning(first) })
      before.notified(1, 'WARNING', 1)
      expect(before.shouldNotify({ id: 2, kind: 'event_updated', event: warning(second) })).toBe(false)
      const after = createDeduplicator(() => true, JSON.parse(JSON.stringify(before.memory())))
      expect(after.shouldNotify({ id: 3, kind: 'event_updated', event: warning(second) })).toBe(false)
    })
  })

  it('again by a reminder, but not of what is silent or taken', () => {
    const tell = tellingAtOnce()
    const told = (['OPEN', 'ACKNOWLEDGED'] as const).flatMap((status) =>
      [null, 'silence' as const].map((silenced_by) => {
        const event = eventOf(1, { status, silenced_by })
        return tell({ id: 1, kind: 'event_reminded', event }) && tell({ id: 2, kind: 'event_reminded', event })
      }),
    )
    expect(told).toEqual([true, false, false, false])
  })

  it('later, where it was not wanted before', () => {
    let night = true
    const changes = [{}, silent, {}, {}].map((change) => ({ severity: 'WARNING', status: 'OPEN', ...change }) as const)
    let heard = 0
    const told = hear(changes, () => {
      if (++heard > 2) night = false
      return !night
    })
    expect(told).toEqual([3])
  })
})
