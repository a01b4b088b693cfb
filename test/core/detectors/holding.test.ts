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
  it('is adopted at once when it has been steady for 40 hours, with the levels before and now', () => {
    const { shift, verdicts } = shifted(3)
    const adoptions: (Verdict & Observation)[] = verdicts.filter(({ adopted }) => adopted)
    expect(adoptions).toHaveLength(1)
    expect(adoptions[0]!.time).toBe(shift + 40 * HOUR)
    expect(adoptions[0]!.adopted!.before).toBeCloseTo(100, -1)
    expect(adoptions[0]!.adopted!.now).toBeCloseTo(300, -1)
    expect(flagged(verdicts).filter(({ time }) => time <= shift + 40 * HOUR).length).toBe(1 + (40 * HOUR) / STEP)
    expect(verdicts.filter(({ time, score }) => time > shift + 40 * HOUR && score >= 0.5)).toEqual([])
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

/** Latency of a service: it follows the day, scatters by 6 %, and a request that takes twice as long comes twice a day. */
function latency(seed: number) {
  const random = randomFrom(seed)
  return (time: number) => {
    const day = 1 + 0.2 * Math.sin((2 * Math.PI * (time % DAY)) / DAY)
    const spike = random() < 0.006 ? 2 + random() : 1
    return 100 * day * spike * (1 + 0.06 * (random() + random() + random() - 1.5))
  }
}

describe('a service that is 40 % slower for good', () => {
  const value = latency(5)
  const from = START + 14 * DAY + 11 * HOUR
  const detector = newDetector()
  play(detector, START, from, value)
  const verdicts = play(detector, from, from + 7 * DAY, (time) => 1.4 * value(time))
  const adopted = verdicts.filter((verdict) => verdict.adopted)

  it('is noticed within two hours, by the mean against the normal of its hours', () => {
    expect(flagged(verdicts)[0]!.time).toBeLessThan(from + 2 * HOUR)
    expect(flagged(verdicts).some(({ reason }) => reason.includes('normal for their hours'))).toBe(true)
  })

  it('is one anomaly by day and by night until it is adopted within two days', () => {
    expect(adopted).toHaveLength(1)
    expect(adopted[0]!.time).toBeLessThan(from + 2 * DAY)
    const share = flagged(verdicts).filter(({ time }) => time < adopted[0]!.time).length * STEP
    expect(share / (adopted[0]!.time - from)).toBeGreaterThan(0.9)
  })

  it('scatters farther than before from then on, which is no anomaly', () => {
    expect(flagged(verdicts).filter(({ time }) => time > adopted[0]!.time).length).toBeLessThan(20)
  })
})

describe('an alarm line', () => {
  /** Two days of a storm, as when an agent is being set up, and a steady series after them. */
  const afterStorm = () => {
    const { noise } = newSeries(3)
    const detector = newDetector()
    play(detector, START, START + 2 * DAY, (time) => (time % (4 * HOUR) < HOUR ? 900 + 50 * noise() : 10 + noise()))
    return { detector, steady: () => 100 + 2 * noise() }
  }

  it('that nothing has come near for a week is out of date', () => {
    const { detector, steady } = afterStorm()
    const from = START + 2 * DAY
    play(detector, from, from + 12 * DAY, steady)
    expect(detector.score({ time: from + 12 * DAY, value: 150 }).score).toBeGreaterThan(0.5)
  })

  it('that a person has widened stays', () => {
    const { daily } = newSeries()
    const detector = newDetector()
    const from = START + 10 * DAY
    play(detector, START, from, daily)
    play(detector, from, from + HOUR, (time) => daily(time) + 60)
    detector.feedback!('false_alarm')
    play(detector, from + HOUR, from + 9 * DAY, daily)
    expect(flagged(play(detector, from + 9 * DAY, from + 9 * DAY + HOUR, (time) => daily(time) + 55))).toEqual([])
    expect(flagged(play(detector, from + 10 * DAY, from + 10 * DAY + HOUR, (time) => daily(time) + 200))).not.toEqual(
      [],
    )
  })
})

it('an outage of ten hours hides nothing of the same kind two days later', () => {
  const random = randomFrom(9)
  const weekday = (time: number) => ([0, 6].includes(new Date(time).getUTCDay()) ? 0.6 : 1)
  const requests = (time: number) =>
    weekday(time) * (600 - 500 * Math.cos((2 * Math.PI * (time % DAY)) / DAY)) * (1 + 0.1 * (random() - 0.5))
  const detector = newDetector()
  const tuesday = START + 15 * DAY
  const missingPeak = (day: number) => {
    play(detector, day, day + 8 * HOUR, requests)
    const found = flagged(play(detector, day + 8 * HOUR, day + 18 * HOUR, () => 110 + 5 * random()))
    play(detector, day + 18 * HOUR, day + DAY, requests)
    return found.length
  }
  play(detector, START, tuesday, requests)
  expect(missingPeak(tuesday)).toBeGreaterThan(60)
  play(detector, tuesday + DAY, tuesday + 2 * DAY, requests)
  expect(missingPeak(tuesday + 2 * DAY)).toBeGreaterThan(60)
})

it('outages of half an hour on two days do not make the same hour deaf on the third', () => {
  const value = latency(21)
  const detector = newDetector()
  const first = START + 14 * DAY + 14 * HOUR
  play(detector, START, first, value)
  const found = [0, 1, 2].map((day) => {
    const from = first + day * DAY
    const outage = play(detector, from, from + 2 * HOUR, (time) => 5 * value(time))
    play(detector, from + 2 * HOUR, from + DAY, value)
    return flagged(outage).length
  })
  expect(Math.min(...found)).toBeGreaterThan(18)
})
