// ADAPTIVE's handling of anomalies: what it doesn't learn at once, what it adopts, and what a person's feedback changes.
import { describe, expect, it } from 'vitest'
import type { Detector, Observation, Verdict } from '../../../electron/core/detectors/detector.ts'
import { prepareDetector } from '../../../electron/core/detectors/registry.ts'
import { settingsFor } from './evaluate.ts'
import { randomFrom } from '../../support/random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.UTC(2026, 0, 5)
const STEP = 5 * MINUTE

type ValueAt = (time: number) => number

function newSeries(seed = 1) {
  const random = randomFrom(seed)
  const noise = () => random() + random() + random() + random() - 2
  return {
    daily: (time: number) => 100 - 30 * Math.cos((2 * Math.PI * (time % DAY)) / DAY) + 2 * noise(),
    noise,
  }
}

const newDetector = (state?: unknown): Detector =>
  prepareDetector(settingsFor('ADAPTIVE', { params: { time_zone: 'UTC' } })).create(state)

function play(detector: Detector, from: number, to: number, value: ValueAt): (Verdict & Observation)[] {
  const verdicts: (Verdict & Observation)[] = []
  for (let time = from; time < to; time += STEP) {
    const observation = { time, value: value(time) }
    const verdict = detector.score(observation)
    detector.learn(observation, verdict)
    verdicts.push({ ...verdict, ...observation })
  }
  return verdicts
}

const flagged = <V extends Verdict>(verdicts: readonly V[]): V[] => verdicts.filter(({ score }) => score >= 0.5)
const widthAt = (detector: Detector, time: number) => {
  const { lower, upper } = detector.score({ time, value: 100 })
  return upper! - lower!
}

describe('an outage of six hours', () => {
  const { daily, noise } = newSeries()
  const outage = START + 10 * DAY + 9 * HOUR
  const detector = newDetector()
  play(detector, START, outage, daily)
  const twin = newDetector(JSON.parse(JSON.stringify(detector.state())))
  const during = play(detector, outage, outage + 6 * HOUR, () => noise())
  play(twin, outage, outage + 6 * HOUR, daily)

  it('is flagged to its end', () => {
    expect(flagged(during).length).toBe(during.length)
  })

  it('leaves the band of the next days as wide as it would be without it', () => {
    play(detector, outage + 6 * HOUR, outage + DAY, daily)
    play(twin, outage + 6 * HOUR, outage + DAY, daily)
    expect(widthAt(detector, outage + DAY)).toBeLessThan(1.5 * widthAt(twin, outage + DAY))
  })

  it('has no echo: a normal value is normal at the same hours of the next two days', () => {
    expect(flagged(play(detector, outage + DAY, outage + 3 * DAY, daily))).toEqual([])
  })

  it('does not hide the next one', () => {
    expect(flagged(play(detector, outage + 3 * DAY, outage + 3 * DAY + 15 * MINUTE, () => noise()))).toHaveLength(3)
  })
})

/** Twice as high from then on, with the same days. */
function shifted(
  days: number,
  isSteady = true,
): {
  detector: Detector
  shift: number
  verdicts: (Verdict & Observation)[]
  steady: ValueAt
  daily: ValueAt
} {
  const { daily, noise } = newSeries()
  const shift = START + 10 * DAY + 9 * HOUR
  const detector = newDetector()
  play(detector, START, shift, daily)
  const steady = (time: number) => daily(time) + 200
  const wild = (time: number) => daily(time) + 150 + ((time - shift) / HOUR) * 60 + noise()
  const verdicts = play(detector, shift, shift + days * DAY, isSteady ? steady : wild)
  return { detector, shift, verdicts, steady, daily }
}

describe('a new level', () => {
  it('is adopted at once when it has been steady for two days, with the levels before and now', () => {
    const { shift, verdicts } = shifted(3)
    const adoptions: (Verdict & Observation)[] = verdicts.filter(({ adopted }) => adopted)
    expect(adoptions).toHaveLength(1)
    expect(adoptions[0]!.time).toBe(shift + 2 * DAY)
    expect(adoptions[0]!.adopted!.before).toBeCloseTo(100, -1)
    expect(adoptions[0]!.adopted!.now).toBeCloseTo(300, -1)
    expect(flagged(verdicts).filter(({ time }) => time <= shift + 2 * DAY).length).toBe(1 + (2 * DAY) / STEP)
    expect(verdicts.filter(({ time, score }) => time > shift + 2 * DAY && score >= 0.5)).toEqual([])
  })

  it('keeps the band where it was until then', () => {
    const { verdicts } = shifted(0.5)
    expect(new Set(verdicts.slice(30).map(({ score }) => score >= 0.5))).toEqual(new Set([true]))
    expect(verdicts.at(-1)!.upper).toBeLessThan(200)
  })

  it('is not adopted while it goes on rising', () => {
    expect(shifted(4, false).verdicts.filter(({ adopted }) => adopted)).toEqual([])
  })

  it('is never adopted once a person has confirmed that it is a real problem', () => {
    const { detector, shift, steady } = shifted(0.5)
    detector.feedback!('real')
    const verdicts = play(detector, shift + DAY / 2, shift + 9 * DAY, steady)
    expect(verdicts.filter(({ adopted }) => adopted)).toEqual([])
    expect(flagged(verdicts).length).toBe(verdicts.length)
  })

  it('is an anomaly again when its adoption is undone', () => {
    const { detector, shift, steady, daily } = shifted(2.5)
    detector.feedback!('undo_adoption')
    const back = newDetector(JSON.parse(JSON.stringify(detector.state())))
    const verdicts = play(back, shift + 2.5 * DAY, shift + 5 * DAY, steady)
    expect(flagged(verdicts).length).toBe(verdicts.length)
    // The mean of twelve samples takes an hour to come back.
    play(back, shift + 5 * DAY, shift + 5 * DAY + HOUR, daily)
    expect(flagged(play(back, shift + 5 * DAY + HOUR, shift + 7 * DAY, daily))).toEqual([])
  })
})

describe('feedback on a spike', () => {
  const spikes = (feedback: 'real' | 'false_alarm' | null) => {
    const { daily } = newSeries(3)
    const detector = newDetector()
    const at = START + 8 * DAY + 14 * HOUR
    play(detector, START, at, daily)
    play(detector, at, at + 10 * MINUTE, () => 190)
    play(detector, at + 10 * MINUTE, at + 2 * HOUR, daily)
    if (feedback) detector.feedback!(feedback)
    const later = newDetector(JSON.parse(JSON.stringify(detector.state())))
    play(later, at + 2 * HOUR, at + 7 * HOUR, daily)
    // 46 above normal for 21:00; the spike was 63 above normal for 14:00.
    return later.score({ time: at + 7 * HOUR, value: 125 }).score
  }

  it('a false alarm is learned fully: as much again is normal', () => {
    expect(spikes(null)).toBeGreaterThan(0.5)
    expect(spikes('false_alarm')).toBeLessThan(0.5)
  })

  it('a real one is never learned', () => {
    expect(spikes('real')).toBeGreaterThanOrEqual(spikes(null))
  })
})

it('a nightly restart is custom from the third night on', () => {
  const { daily, noise } = newSeries(5)
  const detector = newDetector()
  const restarts = (time: number) => (time % DAY >= 3 * HOUR && time % DAY < 3.25 * HOUR ? noise() : daily(time))
  play(detector, START, START + 7 * DAY, daily)
  const nights = Array.from({ length: 6 }, (_, night) => {
    const from = START + (7 + night) * DAY
    return flagged(play(detector, from, from + DAY, restarts)).length
  })
  expect(nights[0]).toBeGreaterThan(0)
  expect(nights.slice(3)).toEqual([0, 0, 0])
})

it('a first verdict comes after 30 samples', () => {
  const { daily } = newSeries()
  const verdicts = play(newDetector(), START, START + 4 * HOUR, daily)
  expect(verdicts.findIndex(({ figure }) => figure !== null)).toBe(30)
})
