// The benchmark of detection: its scores by hand, and the whole on series with a fault that nobody can miss. Where the
// labelled series lie beside the project, also on a part of them.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scoreEvents } from '../bench/event-score.ts'
import type { LabelledSeries } from '../bench/labelled.ts'
import { scoreWindows } from '../bench/window-score.ts'
import { randomFrom } from './support/random.ts'

const run = promisify(execFile)
const BENCH = join(import.meta.dirname, '../bench/detection.ts')
const LABELLED = join(import.meta.dirname, '../../shared/labelled')

const MINUTES = 5 * 60_000
const ROWS = 2000

const series = (spans: [number, number][], rows = ROWS): LabelledSeries => ({
  name: 'by hand',
  times: Float64Array.from({ length: rows }, (_, row) => row * MINUTES),
  values: new Float64Array(rows),
  spans,
})

test('windows: silence is 0, the first row of each is 100, and later is less', () => {
  const two = [series([[500, 599]]), series([[1000, 1099]])]
  expect(scoreWindows(two, [[], []]).scores).toEqual({ standard: 0, 'few false alarms': 0, 'few missed': 0 })
  expect(scoreWindows(two, [[500], [1000, 1050, 1051]])).toMatchObject({
    scores: { standard: 100 },
    found: 2,
    falseAlarms: 0,
  })
  // Half-way, 2/(1 + e^−2.5) − 1 = 0.848 of 0.987.
  expect(scoreWindows(two, [[550], [1000]]).scores.standard).toBeCloseTo((100 * (1 + 1 + 1 + 0.8483 / 0.9866)) / 4, 1)
  expect(scoreWindows(two, [[500], []]).scores['few missed']).toBeCloseTo(50)
})

test('windows: a false alarm costs most far from any, and nothing in the first rows', () => {
  const one = [series([[1000, 1099]])]
  const costOf = (row: number) => 100 - scoreWindows(one, [[row, 1000]]).scores.standard
  expect(costOf(100)).toBe(0)
  expect(costOf(400)).toBeCloseTo(5.5)
  expect(costOf(1900)).toBeCloseTo(5.5)
  expect(costOf(1101)).toBeLessThan(1)
  expect(costOf(1120)).toBeGreaterThan(costOf(1105))
})

test('events: found within a few rows, alerts elsewhere are false, and close ones count once', () => {
  const one = [
    series([
      [500, 510],
      [1500, 1500],
    ]),
  ]
  expect(scoreEvents(one, [[505, 900, 902]])).toMatchObject({
    events: 2,
    found: 1,
    precision: 0.5,
    f1: 0.5,
    medianDelay: 5,
  })
  expect(scoreEvents(one, [[499, 1503]])).toMatchObject({ found: 2, precision: 1, f1: 1 })
  expect(scoreEvents(one, [[498, 1504]])).toMatchObject({ found: 0, f1: 0 })
  expect(scoreEvents(one, [[900]]).falseAlarmsPerDay).toBeCloseTo(1 / ((1699 * MINUTES) / 86_400_000), 6)
})

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-labelled-'))
  for (const kind of ['nab', 'asd']) mkdirSync(join(folder, kind, 'data'), { recursive: true })
  const spans = Object.fromEntries([1, 2, 3].map((seed) => [`${seed}.csv`, writeSeries(seed)]))
  const labels = JSON.stringify(spans)
  writeFileSync(join(folder, 'nab/windows.json'), labels)
  writeFileSync(join(folder, 'asd/events.json'), labels)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Two weeks of a daily pattern that stands still for an hour on the ninth day. */
function writeSeries(seed: number): [string, string][] {
  const random = randomFrom(seed)
  const fault = [2400 + 100 * seed, 2412 + 100 * seed] as const
  const rows = Array.from({ length: 4032 }, (_, row) => {
    const usual = 50 - 20 * Math.cos((2 * Math.PI * row) / 288) + random()
    return [timestampOf(row), row >= fault[0] && row < fault[1] ? 0 : usual].join(',')
  })
  for (const kind of ['nab', 'asd'])
    writeFileSync(join(folder, kind, 'data', `${seed}.csv`), ['timestamp,value', ...rows].join('\n'))
  return [[timestampOf(fault[0]), timestampOf(fault[1] + 20)]]
}

const timestampOf = (row: number) =>
  new Date(Date.UTC(2026, 0, 5) + row * MINUTES).toISOString().slice(0, 19).replace('T', ' ')

test('ADAPTIVE finds a fault that nobody can miss, at the defaults', async () => {
  const { stdout } = await run(process.execPath, [BENCH, '--labelled', folder])
  expect(stdout.match(/^ADAPTIVE .* 3\/3 /gm), stdout).toHaveLength(2)
}, 60_000)

test('ADAPTIVE is as right on synthetic series as it was', async () => {
  const options = { env: { ...process.env, TZ: 'UTC' } }
  const { stdout } = await run(process.execPath, [BENCH, '--synthetic', '--small', '--seed', '2'], options)
  const line = /^ADAPTIVE +(?<standard>[\d.]+) +(?<f1>[\d.]+) +(?<found>\d+)\/299 +(?<falseADay>[\d.]+) /m.exec(stdout)
  const { standard, f1, found, falseADay } = line?.groups ?? expect.fail(stdout)
  expect(Number(standard)).toBeGreaterThan(83)
  expect(Number(f1)).toBeGreaterThan(0.59)
  expect(Number(found)).toBeGreaterThan(275)
  expect(Number(falseADay)).toBeLessThan(0.19)
}, 60_000)

test('a folder without labels is refused', async () => {
  await expect(run(process.execPath, [BENCH, '--labelled', join(folder, 'nab/data')])).rejects.toThrow('windows.json')
})

test.runIf(existsSync(LABELLED))(
  'runs on a part of the labelled series',
  async () => {
    const { stdout } = await run(process.execPath, [BENCH, '--small'])
    expect(stdout).toContain('6 series')
    expect(stdout).not.toContain('NaN')
  },
  60_000,
)
