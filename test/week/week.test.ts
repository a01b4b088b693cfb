// Twenty weeks of a workstation, ten servers and a laptop, each through the program as it ships: what would the engineer
// have been woken by? Another twenty with every run; TOCSIN_WEEK_SEED repeats those of a run that failed.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from './outcome.ts'
import { report, worstNight } from './report.ts'

const WEEKS = 20

/** All weeks on a machine that has little time. */
const MAX_DURATION = 1_200_000

const first = Number(process.env['TOCSIN_WEEK_SEED'] ?? Math.floor(Date.now() / 1000))
const seeds = Array.from({ length: WEEKS }, (_, index) => first + index)

/** For two thirds of its time a thread has nothing to do but wait that a post is evaluated. */
const THREADS = 3 * availableParallelism()

let weeks: Outcome[] = []

beforeAll(async () => {
  console.log(`Weeks of the seeds ${first} to ${seeds.at(-1)}; TOCSIN_WEEK_SEED=${first} repeats them.`)
  const shares = Array.from({ length: THREADS }, (_, thread) => seeds.filter((_, index) => index % THREADS === thread))
  weeks = (await Promise.all(shares.map(liveThrough))).flat()
  console.log(report(weeks))
}, MAX_DURATION)

function liveThrough(share: readonly number[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const worker = new Worker(new URL('thread.ts', import.meta.url), { workerData: share })
  return new Promise((resolve, reject) => {
    worker.on('message', (received: Outcome[]) => void outcomes.push(...received))
    worker.on('error', reject)
    worker.on('exit', () => resolve(outcomes))
  })
}

const of = (scenario: Outcome['scenario']) => weeks.filter((week) => week.scenario === scenario)

describe('twenty weeks', () => {
  it('are whole', () => {
    expect(new Set(of('office').map(({ seed }) => seed))).toEqual(new Set(seeds))
    expect(of('home')).toHaveLength(WEEKS)
    for (const { samples, found } of of('office')) {
      expect(samples).toBeGreaterThan(480_000)
      expect(found).toHaveLength(7)
    }
    for (const { samples } of of('home')) expect(samples).toBeGreaterThan(15_000)
  })

  it('notify of every fault in time', () => {
    const missed = weeks.flatMap(({ seed, found }) =>
      found.filter(({ inTime }) => !inTime).map((each) => ({ seed, ...each })),
    )
    expect(missed).toEqual([])
  })

  it('have at most one false alarm per night', () => {
    const bad = weeks.filter((week) => worstNight(week) > 1)
    expect(bad.map(({ seed, scenario, falseAlarms }) => ({ seed, scenario, falseAlarms }))).toEqual([])
  })

  it('have no false alarm when a laptop wakes up', () => {
    const silent = of('home').flatMap(({ falseAlarms }) =>
      falseAlarms.filter(({ rules }) => /silent/.test(rules.join())),
    )
    expect(silent).toEqual([])
  })
})
