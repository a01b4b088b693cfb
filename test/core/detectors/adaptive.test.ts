// ADAPTIVE on series of which a person knows what is wrong with them.
import { expect, test } from 'vitest'
import type { Detector, Observation, Verdict } from '../../../electron/core/detectors/detector.ts'
import { prepareDetector } from '../../../electron/core/detectors/registry.ts'
import type { RuleIn } from '../../../shared/schemas/rule.ts'
import { severityOf } from '../../../shared/domain/severity.ts'
import { randomFrom } from '../../support/random.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A Monday at midnight in UTC. */
const START = Date.UTC(2026, 0, 5)

const newDetector = (params: RuleIn['params'] = {}, state?: unknown) =>
  prepareDetector({
    method: 'ADAPTIVE',
    z_threshold: 3,
    iqr_factor: 1.5,
    threshold: null,
    operator: 'above',
    min_samples: 10,
    params: { time_zone: 'UTC', ...params },
  }).create(state)

function evaluate(detector: Detector, observation: Observation): Verdict {
  const verdict = detector.score(observation)
  detector.learn(observation, verdict)
  return verdict
}

const random = randomFrom(11)
const noise = () => random() + random() + random() + random() - 2

/** Busy by day and quiet by night, in percent. */
const daily = (time: number) => 40 - 25 * Math.cos((2 * Math.PI * (time % DAY)) / DAY) + 2 * noise()

/** Evaluates from `from` to `to`, and gives what was flagged. */
function play(detector: Detector, from: number, to: number, step: number, value: (time: number) => number) {
  const flagged: (Verdict & Observation)[] = []
  for (let time = from; time < to; time += step) {
    const observation = { time, value: value(time) }
    const verdict = evaluate(detector, observation)
    if (verdict.score >= 0.5) flagged.push({ ...verdict, ...observation })
  }
  return flagged
}

test('does not fire for a daily pattern once a day of it was seen, whatever the interval', () => {
  for (const step of [15 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE]) {
    const detector = newDetector()
    play(detector, START, START + 2 * DAY, step, daily)
    const flagged = play(detector, START + 2 * DAY, START + 7 * DAY, step, daily)
    expect(flagged.length, `one sample in ${step} ms`).toBeLessThanOrEqual(5)
  }
})

test('a spike fires with a reason', () => {
  const detector = newDetector()
  play(detector, START, START + 4 * DAY, 5 * MINUTE, daily)
  const { score, figure, reason, lower, upper } = evaluate(detector, { time: START + 4 * DAY, value: 60 })
  expect(score).toBeGreaterThan(0.5)
  expect(figure).toBeGreaterThan(1)
  expect(reason).toMatch(/^60 is \d.* above .* \(from 1152 samples\)\.$/)
  expect(upper).toBeLessThan(60)
  expect(lower).toBeLessThan(upper!)
})

test('a value that is normal at noon fires at night, although it rises slowly', () => {
  const detector = newDetector()
  play(detector, START, START + 6 * DAY, 5 * MINUTE, daily)
  const night = START + 6 * DAY
  const flagged = play(
    detector,
    night,
    night + 3 * HOUR,
    5 * MINUTE,
    (time) => daily(time) + ((time - night) / HOUR) * 17,
  )
  expect(flagged.length).toBeGreaterThan(0)
  expect(flagged[0]!.value).toBeLessThan(65)
})

test('an outage does not become normal while it lasts, and a new level does in the end', () => {
  const detector = newDetector()
  const level = (usual: number) => () => usual + noise()
  play(detector, START, START + 5 * DAY, 5 * MINUTE, level(100))
  const outage = START + 5 * DAY
  const flagged = play(detector, outage, outage + HOUR, 5 * MINUTE, level(0))
  expect(flagged.length).toBeGreaterThan(1)
  // The expected band is the one of this side, so that the value lies outside of it.
  for (const { value, lower } of flagged) expect(value).toBeLessThan(lower!)
  // Not a new anomaly any more, but above the score (0.4) at which a series is normal again.
  for (let time = outage + HOUR; time < outage + 12 * HOUR; time += 5 * MINUTE)
    expect(evaluate(detector, { time, value: noise() }).score).toBeGreaterThan(0.4)
  play(detector, outage + 12 * HOUR, outage + 40 * DAY, 5 * MINUTE, level(0))
  expect(evaluate(detector, { time: outage + 40 * DAY, value: 0 }).score).toBeLessThan(0.4)
})

test('over a flat line a jump fires, a wrinkle does not, and few samples are not certain', () => {
  const detector = newDetector()
  play(detector, START, START + 10 * HOUR, 5 * MINUTE, () => 200)
  expect(detector.score({ time: START + 10 * HOUR, value: 200 }).score).toBe(0)
  expect(detector.score({ time: START + 10 * HOUR, value: 204 }).score).toBeLessThan(0.5)
  const jump = detector.score({ time: START + 10 * HOUR, value: 300 })
  expect(jump.score).toBeGreaterThan(0.5)
  expect(severityOf(jump.score)).not.toBe('CRITICAL')
  play(detector, START + 10 * HOUR, START + 10 * DAY, 5 * MINUTE, () => 200)
  expect(severityOf(detector.score({ time: START + 10 * DAY, value: 300 }).score)).toBe('CRITICAL')
})

test('a level between two normal levels is novel', () => {
  const detector = newDetector()
  const twoLevels = (time: number) => (Math.floor(time / (110 * MINUTE)) % 2 === 0 ? 20 : 80) + noise()
  play(detector, START, START + 7 * DAY, 5 * MINUTE, twoLevels)
  const flagged = play(detector, START + 7 * DAY, START + 7 * DAY + HOUR, 5 * MINUTE, () => 50 + noise())
  expect(flagged.map(({ reason }) => reason)).toContainEqual(
    expect.stringContaining('a level that this series has never had'),
  )
})

test('hours are those of the clock on the wall, on both sides of a change of the clocks', () => {
  const zone = 'Europe/Berlin'
  // A job that runs from 9 to 10 in Berlin, the clocks of which go back on 25 October 2026.
  const hourIn = new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' })
  const job = (time: number) => (hourIn.format(time) === '09' ? 90 : 10) + noise()
  const begin = Date.UTC(2026, 9, 12)
  const change = Date.UTC(2026, 9, 25)
  const flaggedIn = (time_zone: string) => {
    const detector = newDetector({ time_zone })
    play(detector, begin, change, 5 * MINUTE, job)
    return play(detector, change, change + DAY, 5 * MINUTE, job).length
  }
  expect(flaggedIn(zone)).toBe(0)
  expect(flaggedIn('UTC')).toBeGreaterThan(0)
})

test('a night without samples is no sample: the first value after it is not compared with the last before', () => {
  const detector = newDetector()
  const byHour = (time: number) => ((time % DAY) / HOUR) * 4 + noise()
  const isAwake = (time: number) => time % DAY >= 8 * HOUR && time % DAY < 20 * HOUR
  for (let day = 0; day < 6; day++)
    play(detector, START + day * DAY + 8 * HOUR, START + day * DAY + 20 * HOUR, MINUTE, byHour)
  const morning = START + 6 * DAY + 8 * HOUR
  expect(isAwake(morning)).toBe(true)
  expect(evaluate(detector, { time: morning, value: byHour(morning) }).score).toBeLessThan(0.5)
})

test('a value is flagged outside the band and not within it, if only single values are unusual', () => {
  const detector = newDetector()
  play(detector, START, START + 4 * DAY, 5 * MINUTE, daily)
  const time = START + 4 * DAY
  const { lower, upper } = detector.score({ time, value: daily(time) })
  const width = upper! - lower!
  for (const value of [lower! - 0.01 * width, upper! + 0.01 * width])
    expect(detector.score({ time, value }).score).toBeGreaterThanOrEqual(0.5)
  for (const share of [0.01, 0.3, 0.7, 0.99])
    expect(detector.score({ time, value: lower! + share * width }).score).toBeLessThan(0.5)
})

test('a higher sensitivity fires at a smaller departure', () => {
  const scoreAt = (sensitivity: number) => {
    const detector = newDetector({ sensitivity, min_change: 0 })
    const seeded = randomFrom(3)
    play(detector, START, START + 3 * DAY, 5 * MINUTE, () => 50 + seeded())
    return detector.score({ time: START + 3 * DAY, value: 51.3 }).figure!
  }
  expect(scoreAt(2)).toBeGreaterThan(1.5 * scoreAt(1))
})

test('if only one side is bad, the other is normal', () => {
  const detector = newDetector({ side: 'above' })
  play(detector, START, START + 3 * DAY, 5 * MINUTE, () => 50 + noise())
  const at = (value: number) => detector.score({ time: START + 3 * DAY, value })
  expect(at(90).score).toBeGreaterThan(0.5)
  expect(at(10).score).toBeLessThan(0.5)
  expect(at(50)).toMatchObject({ lower: null, upper: expect.any(Number) as number })
})

test('what recurs every night is known after some nights, however it begins', () => {
  const detector = newDetector()
  /** From 3:00 for half an hour, up and down again. */
  const backup = (time: number) => Math.max(0, 900_000 - Math.abs((time % DAY) - 3.25 * HOUR)) / 9000
  const night = (day: number) =>
    play(detector, START + day * DAY, START + (day + 1) * DAY, 5 * MINUTE, (time) => 20 + backup(time) + noise()).length
  const flagged = Array.from({ length: 12 }, (_, day) => night(day))
  expect(flagged.slice(5)).toEqual(Array(7).fill(0))
})

/** Busy by day but for weekends, when it is as quiet as at night. */
const onWorkdays = (time: number) => (Math.floor((time - START) / DAY) % 7 < 5 ? daily(time) : 15 + 2 * noise())

test('quiet weekends are known after three weeks, and a busy one fires then', () => {
  const detector = newDetector()
  play(detector, START, START + 28 * DAY, 5 * MINUTE, onWorkdays)
  expect(play(detector, START + 28 * DAY, START + 33 * DAY, 5 * MINUTE, onWorkdays)).toEqual([])
  const saturday = START + 33 * DAY
  // It comes as gently as on any working day, and goes no farther.
  const flagged = play(detector, saturday, saturday + DAY, 5 * MINUTE, daily)
  expect(flagged.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('on this day of the week'))
})

test('without a weekly pattern the days of the week are never asked', () => {
  const detector = newDetector()
  play(detector, START, START + 28 * DAY, 5 * MINUTE, daily)
  const flagged = play(detector, START + 28 * DAY, START + 29 * DAY, 5 * MINUTE, (time) => daily(time - 12 * HOUR))
  const reasons = flagged.map(({ reason }) => reason)
  expect(reasons).toContainEqual(expect.stringContaining('normal for this hour ('))
  expect(reasons).not.toContainEqual(expect.stringContaining('day of the week'))
})

test('days of the week are those of the clock on the wall, on both sides of a change of the clocks', () => {
  const zone = 'Europe/Berlin'
  const placeIn = new Intl.DateTimeFormat('en', { timeZone: zone, weekday: 'short', hour: 'numeric', hourCycle: 'h23' })
  // From 9 to 13 in Berlin, up and down again, but not at weekends.
  const office = (time: number) => {
    const [, day, hour] = /(\w+), (\d+)/.exec(placeIn.format(time))!
    const past = Number(hour) + (time % HOUR) / HOUR - 9
    return 10 + (day!.startsWith('S') || past < 0 || past > 4 ? 0 : 80 * Math.sin((past / 4) * Math.PI)) + noise()
  }
  // The clocks of Berlin go back on Sunday, 25 October 2026.
  const change = Date.UTC(2026, 9, 25, 1)
  const byDaysIn = (time_zone: string) => {
    const detector = newDetector({ time_zone })
    play(detector, change - 28 * DAY, change, 10 * MINUTE, office)
    const flagged = play(detector, change, change + 3 * DAY, 10 * MINUTE, office)
    return flagged.filter(({ reason }) => reason.includes('day of the week')).length
  }
  expect(byDaysIn(zone)).toBe(0)
  expect(byDaysIn('UTC')).toBeGreaterThan(0)
})

const WEEK = 7 * DAY

/** Never the same twice. */
const scattered = () => 50 + 4 * noise()

/** One value for some hours, after normal values; returns the flagged samples. */
function stickAfter(
  learned: number,
  params: RuleIn['params'] = {},
  stuck = 51.2,
  usual: (time: number) => number = scattered,
) {
  const detector = newDetector(params)
  const begin = START + learned + 9 * HOUR
  play(detector, START, begin, 5 * MINUTE, usual)
  const flagged = play(detector, begin, begin + 3 * HOUR, 5 * MINUTE, () => stuck)
  return flagged.filter(({ reason }) => reason.startsWith('The value has been exactly'))
}

test('a stuck value fires after half an hour, as a warning with a reason, until it moves again', () => {
  const detector = newDetector()
  const begin = START + WEEK + 9 * HOUR
  play(detector, START, begin, 5 * MINUTE, scattered)
  const stuck = 51.2
  expect(play(detector, begin, begin + 30 * MINUTE, 5 * MINUTE, () => stuck)).toEqual([])
  const saved = JSON.parse(JSON.stringify(detector.state())) as never
  const flagged = play(detector, begin + 30 * MINUTE, begin + 2 * HOUR, 5 * MINUTE, () => stuck)
  expect(flagged).toHaveLength(18)
  expect(flagged[6]!.reason).toMatch(
    /^The value has been exactly 51\.2 for 1.h; it normally changes with every sample \(from \d+ samples\)\.$/,
  )
  expect(new Set(flagged.map(({ score }) => severityOf(score)))).toEqual(new Set(['INFO', 'WARNING']))
  expect(evaluate(detector, { time: begin + 2 * HOUR, value: stuck + 0.1 }).score).toBeLessThan(0.4)
  const again = newDetector({}, saved)
  expect(play(again, begin + 30 * MINUTE, begin + 2 * HOUR, 5 * MINUTE, () => stuck)).toEqual(flagged)
})

test('a stuck value does not fire before a week, nor for one side only, but fires however small its movement is', () => {
  expect(stickAfter(WEEK).length).toBeGreaterThan(10)
  expect(stickAfter(4 * DAY)).toEqual([])
  expect(stickAfter(WEEK, { side: 'above' })).toEqual([])
  expect(stickAfter(WEEK, { side: 'below' })).toEqual([])
  // Compared with how the series itself moves, not with a share of its level: a sensor at 21 °C moves by tenths.
  expect(stickAfter(WEEK, { min_change: 0.9 }).length).toBeGreaterThan(10)
})

test('at an end of its range, at 0, or if values repeat normally, nothing is stuck', () => {
  const twoLevels = (time: number) => (Math.floor(time / (110 * MINUTE)) % 2 === 0 ? 0 : 60) + noise() + 20
  expect(stickAfter(WEEK, {}, 80.3, twoLevels).length).toBeGreaterThan(10)
  expect(stickAfter(WEEK, {}, 82, twoLevels)).toEqual([])
  expect(stickAfter(WEEK, {}, 18, twoLevels)).toEqual([])
  const aroundNothing = () => 4 * noise()
  expect(stickAfter(WEEK, {}, 0.3, aroundNothing).length).toBeGreaterThan(10)
  expect(stickAfter(WEEK, {}, 0, aroundNothing)).toEqual([])
  const coarse = () => 4 * Math.round(scattered() / 4)
  expect(stickAfter(WEEK, {}, 52, coarse)).toEqual([])
})

test('what stays the same for hours now and then is known after two of them, and half of it is no more unusual', () => {
  const detector = newDetector()
  const begin = START + WEEK + 9 * HOUR
  play(detector, START, begin, 5 * MINUTE, scattered)
  const days = [0, 1, 2].map((day) => {
    const value = 50.1 + day
    const flagged = play(detector, begin + day * DAY, begin + day * DAY + 2 * HOUR, 5 * MINUTE, () => value)
    play(detector, begin + day * DAY + 2 * HOUR, begin + (day + 1) * DAY, 5 * MINUTE, scattered)
    return flagged.filter(({ reason }) => reason.includes('exactly')).length
  })
  expect(days[0]).toBeGreaterThan(10)
  expect(days[1]).toBeGreaterThan(10)
  expect(days[2]).toBe(0)
})

test('a run ends at a gap: the value in it is unknown', () => {
  const detector = newDetector()
  const begin = START + WEEK + 9 * HOUR
  play(detector, START, begin, 5 * MINUTE, scattered)
  play(detector, begin, begin + 25 * MINUTE, 5 * MINUTE, () => 51.2)
  expect(play(detector, begin + 2 * HOUR, begin + 2 * HOUR + 25 * MINUTE, 5 * MINUTE, () => 51.2)).toEqual([])
})

test('a single spike is over when the values are normal again, however large it was', () => {
  const chance = randomFrom(12)
  const detector = newDetector()
  const flagged: number[] = []
  for (let index = 0; index < (4 * DAY) / MINUTE; index++) {
    const value = index === 5000 ? 1000 : 100 + 4 * chance()
    const { score } = evaluate(detector, { time: START + index * MINUTE, value })
    if (score >= 0.5 && index >= 5000) flagged.push(index)
  }
  expect(flagged[0]).toBe(5000)
  expect(flagged.at(-1)).toBeLessThan(5004)
})
