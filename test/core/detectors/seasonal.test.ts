// SEASONAL over weeks of a working life, right across the days on which the clocks change.
import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../../shared/domain/time.ts'
import { prepareDetector, problemsOfSettings } from '../../../electron/core/detectors/registry.ts'
import type { Observation } from '../../../electron/core/detectors/detector.ts'
import { flagged, evaluate, settingsFor } from './evaluate.ts'
import { randomFrom } from '../../support/random.ts'

const MINUTES = 10 * 60_000
const berlin = { params: { time_zone: 'Europe/Berlin' } }

const clock = new Intl.DateTimeFormat('en', {
  timeZone: 'Europe/Berlin',
  weekday: 'short',
  hour: 'numeric',
  hourCycle: 'h23',
})
function wallTime(time: number): { hour: number; isWeekend: boolean } {
  const parts = Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, value]))
  return { hour: Number(parts.hour), isWeekend: parts.weekday!.startsWith('S') }
}

/** Work from nine to five on weekdays, a backup at three in the night, by the clock in Berlin. */
function load(time: number): number {
  const { hour, isWeekend } = wallTime(time)
  if (hour === 3) return 80
  return hour >= 9 && hour < 17 && !isWeekend ? 60 : 20
}

function weeks(from: number, count: number, value: (time: number) => number = load): Observation[] {
  const random = randomFrom(11)
  return Array.from({ length: count * 7 * 144 }, (_, index) => {
    const time = from + index * MINUTES
    return { time, value: value(time) + 4 * (random() - 0.5) }
  })
}

const timesOf = (series: readonly Observation[], places: readonly number[]) =>
  places.map((place) => series[place]!.time)

describe('SEASONAL', () => {
  const monday = Date.UTC(2026, 0, 5)

  it('distinguishes a normal backup from an unusual one, and the load of a day from that of a night', () => {
    const series = weeks(monday, 4)
    const at = (day: number, hour: number, value: number) => {
      const before = series.filter(({ time }) => time < monday + day * DAY + hour * HOUR)
      return evaluate('SEASONAL', [...before, { time: before.at(-1)!.time + MINUTES, value }], berlin).at(-1)!
    }
    // Berlin is an hour ahead of UTC in winter.
    expect(at(22, 2.5, 80).score).toBeLessThan(0.5)
    expect(at(22, 12, 80).score).toBeGreaterThan(0.5)
    expect(at(22, 12, 60).score).toBeLessThan(0.5)
    expect(at(22, 22, 60).score).toBeGreaterThan(0.5)
    expect(at(22, 12, 20).score).toBeGreaterThan(0.5)
    expect(at(26, 12, 20).score).toBeLessThan(0.5)
    expect(at(26, 12, 60).score).toBeGreaterThan(0.5)
  })

  it('is silent from the third week on while nothing is wrong', () => {
    const series = weeks(monday, 6)
    const late = timesOf(series, flagged(evaluate('SEASONAL', series, berlin))).filter(
      (time) => time > monday + 14 * DAY,
    )
    expect(late).toEqual([])
  })

  it.each([
    ['spring', Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 29)],
    ['autumn', Date.UTC(2026, 8, 28), Date.UTC(2026, 9, 25)],
  ])('is silent on the days after the clocks change in %s', (_, from, change) => {
    const series = weeks(from, 6)
    const found = timesOf(series, flagged(evaluate('SEASONAL', series, berlin)))
    expect(found.filter((time) => time > change - DAY && time < change + 7 * DAY)).toEqual([])
    // By a zone without that change, every day of work begins an hour off.
    const elsewhere = timesOf(series, flagged(evaluate('SEASONAL', series, { params: { time_zone: 'UTC' } })))
    expect(elsewhere.filter((time) => time > change && time < change + 7 * DAY)).not.toEqual([])
  })

  it('learns from the first day, fires for what is far off and states its confidence', () => {
    const first = weeks(monday, 1).slice(0, 6 * 6)
    const { time } = first.at(-1)!
    const next = (value: number) => evaluate('SEASONAL', [...first, { time: time + MINUTES, value }], berlin).at(-1)!
    expect(next(20).score).toBeLessThan(0.5)
    expect(next(900).score).toBeGreaterThan(0.9)
    expect(next(900).reason).toMatch(/in the last hours \(.*, not sure: no such day is known yet\)\.$/)
  })

  it('states which days it knows, and from how many', () => {
    const after = (days: number) => {
      const series = [
        ...weeks(monday, 4).slice(0, days * 144 + 72),
        { time: monday + days * DAY + 12 * HOUR, value: 500 },
      ]
      return evaluate('SEASONAL', series, berlin).at(-1)!.reason
    }
    expect(after(1)).toMatch(/^500 is .* on weekdays around 13:00 \(.*, known from 1 day\)\.$/)
    expect(after(3)).toMatch(/on weekdays around 13:00 \(.*, known from 3 days\)\.$/)
    expect(after(21)).toMatch(/on Mondays around 13:00 \(.*, known from 3 days\)\.$/)
  })

  it('ignores an outage of an hour, but adopts a lasting level within a day', () => {
    const step = monday + 21 * DAY + 6 * HOUR
    const outage = weeks(monday, 4, (time) => (time >= step && time < step + HOUR ? 500 : load(time)))
    const fired = timesOf(outage, flagged(evaluate('SEASONAL', outage, berlin)))
    expect(fired.filter((time) => time >= step).every((time) => time < step + HOUR)).toBe(true)
    expect(fired.filter((time) => time >= step)).toHaveLength(6)

    const higher = weeks(monday, 8, (time) => load(time) + (time >= step ? 100 : 0))
    const verdicts = evaluate('SEASONAL', higher, berlin)
    const found = timesOf(higher, flagged(verdicts))
    expect(found).toContain(step + 10 * HOUR)
    expect(found.filter((time) => time > step + DAY)).toEqual([])
    // From then on it is expected at its new level, also while the days with the old level drop out one by one.
    const night = higher.flatMap(({ time }, index) =>
      time > step + DAY && load(time) === 20 ? [verdicts[index]!] : [],
    )
    for (const { lower, upper } of night.filter((_, index) => index % 10 === 0))
      expect(Math.abs((lower! + upper!) / 2 - 120)).toBeLessThan(25)
  })

  it('learns from samples about once an hour, within a minute', () => {
    const random = randomFrom(4)
    const hourly = Array.from({ length: 24 * 21 }, (_, index) => {
      const time = monday + index * HOUR + HOUR / 2 + (random() - 0.5) * 120_000
      return { time, value: load(monday + index * HOUR) + random() }
    })
    const verdicts = evaluate('SEASONAL', hourly, { ...berlin, min_samples: 3 })
    expect(timesOf(hourly, flagged(verdicts)).filter((time) => time > monday + 14 * DAY)).toEqual([])
    const noon = { time: monday + 21 * DAY + 11.5 * HOUR, value: 20 }
    expect(evaluate('SEASONAL', [...hourly, noon], { ...berlin, min_samples: 3 }).at(-1)!.score).toBeGreaterThan(0.5)
  })

  it('holds four weeks in 32 KB', () => {
    const detector = prepareDetector(settingsFor('SEASONAL', berlin)).create()
    for (const sample of weeks(monday, 5, (time) => Math.sin(time) * 1e9))
      detector.learn(sample, detector.score(sample))
    expect(JSON.stringify(detector.state()).length).toBeLessThan(32 * 1024)
  })

  it('refuses a zone that is none', () => {
    const [problem] = problemsOfSettings(settingsFor('SEASONAL', { params: { time_zone: 'Mars/Olympus' } }))
    expect(problem).toMatchObject({ path: 'params.time_zone' })
  })
})
