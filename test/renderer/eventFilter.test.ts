import { describe, expect, it } from 'vitest'
import {
  parseEventFilter,
  isFiltered,
  matches,
  eventSearchParams,
} from '../../renderer/features/events/list/eventFilter.ts'
import * as seriesFilter from '../../renderer/features/series/seriesFilter.ts'
import { eventOf, START } from './event-of.ts'
import { HOUR } from '../../shared/domain/time.ts'

const read = (search: string) => parseEventFilter(new URLSearchParams(search))

describe('the filter of events in the URL', () => {
  it('is by default what needs attention in the last thirty days', () => {
    expect(read('')).toEqual({
      show: 'attention',
      severity: undefined,
      source: '',
      metricType: '',
      ruleId: undefined,
      hours: 720,
      offset: 0,
    })
    expect(eventSearchParams(read('')).toString()).toBe('')
    expect(isFiltered(read(''))).toBe(false)
  })

  it('survives a round trip', () => {
    const search =
      'show=RESOLVED&severity=CRITICAL&source=web+1&metric_type=CPU%7Bcpu%3D%220%22%7D&rule_id=7&hours=24&offset=50'
    expect(eventSearchParams(read(search)).toString()).toBe(search)
    expect(isFiltered(read(search))).toBe(true)
  })

  it.each([
    'show=what',
    'severity=BAD',
    'hours=5',
    'hours=x',
    'rule_id=0',
    'rule_id=x',
    'offset=-1',
    'offset=1.5',
    'offset=x',
  ])('is the default if %s makes no sense', (search) => {
    expect(read(search)).toEqual(read(''))
  })

  it('matches one event as the program matches all', () => {
    const event = eventOf(1, { source: 'Web-1', metric_type: 'Cpu' })
    const now = START + 2 * HOUR
    expect(matches(event, { status: 'OPEN' }, read('source=eB-&metric_type=CPU&severity=CRITICAL&hours=24'), now)).toBe(
      true,
    )
    expect(matches(event, {}, read(''), now)).toBe(true)
    expect(matches(event, { status: 'RESOLVED' }, read(''), now)).toBe(false)
    expect(matches(event, { status: 'OPEN' }, read('severity=INFO'), now)).toBe(false)
    expect(matches(event, { status: 'OPEN' }, read('source=web_1'), now)).toBe(false)
    expect(matches(event, { status: 'OPEN' }, read('metric_type=CP'), now)).toBe(false)
    expect(matches(event, { status: 'OPEN' }, read('hours=1'), now)).toBe(false)
    expect(matches({ ...event, rule_id: 7 }, {}, read('rule_id=7'), now)).toBe(true)
    expect(matches({ ...event, rule_id: 8 }, {}, read('rule_id=7'), now)).toBe(false)
    expect(matches({ ...event, rule_id: null }, {}, read('rule_id=7'), now)).toBe(false)
    expect(matches(event, { silenced: false }, read(''), now)).toBe(true)
    expect(matches(event, { silenced: true }, read(''), now)).toBe(false)
    expect(matches({ ...event, silenced_by: 'snooze' }, { silenced: true }, read(''), now)).toBe(true)
  })
})

describe('the filter of series in the URL', () => {
  const { parseSeriesFilter, seriesSearchParams } = seriesFilter

  it('survives a round trip', () => {
    const search = 'source=a&metric_type=b&offset=500&series_source=web%2F1+%C3%A9&series=X%7Ba%3D%221%22%7D&minutes=60'
    expect(seriesSearchParams(parseSeriesFilter(new URLSearchParams(search))).toString()).toBe(search)
  })

  it('ignores half a name, and shows 15 minutes by default', () => {
    expect(parseSeriesFilter(new URLSearchParams('series=CPU&minutes=7'))).toMatchObject({ drawn: [], minutes: 15 })
  })

  it('keeps several in order of their slots, also around an empty one', () => {
    const search = 'series_source=a&series=CPU&series_source=&series=&series_source=b&series=CPU'
    const filter = parseSeriesFilter(new URLSearchParams(search))
    expect(filter.drawn).toEqual([{ source: 'a', metricType: 'CPU' }, undefined, { source: 'b', metricType: 'CPU' }])
    expect(seriesSearchParams(filter).toString()).toBe(search)
  })
})
