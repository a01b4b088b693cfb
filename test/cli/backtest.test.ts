// The backtest as a command: what comes in by a file comes out as one row each, evaluated as live.
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryFolder } from '../support/host-process.ts'

const run = promisify(execFile)
const COMMAND = join(import.meta.dirname, '../../electron/cli/backtest.ts')

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => void (folder = temporaryFolder()))
afterEach(() => folder.remove())

async function backtest(csv: string, ...args: string[]) {
  const file = join(folder.path, 'series.csv')
  writeFileSync(file, csv)
  // The last of two methods counts.
  const { stdout } = await run(process.execPath, [COMMAND, file, '--method', 'ZSCORE', ...args])
  const [header, ...lines] = stdout.trimEnd().split('\n')
  expect(header).toBe('timestamp,value,score,anomaly,alert,lower,upper')
  return lines.map((line) => line.split(','))
}

const failure = async (csv: string, ...args: string[]) => {
  const { code, stderr } = (await backtest(csv, ...args).catch(
    (error: { code: number; stderr: string }) => error,
  )) as never
  return { code, stderr } as { code: number; stderr: string }
}

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const csvOf = (values: number[]) => ['timestamp,value', ...values.map((value, i) => `${at(i)},${value}`)].join('\n')
const alertsOf = (rows: string[][]) => rows.flatMap(([, , , , alert], i) => (alert === '1' ? [i] : []))
const normal = Array.from({ length: 30 }, (_, i) => 50 + (i % 3))

it('gives a row for every row, as it was written, and one alert for an event', async () => {
  const rows = await backtest(csvOf([...normal, 900, 950, 51, 990]), '--param', 'z_threshold=4')
  expect(rows).toHaveLength(34)
  expect(rows.map(([timestamp]) => timestamp)).toEqual(rows.map((_, i) => at(i)))
  expect(rows.slice(30).map(([, value, , anomaly, alert]) => [value, anomaly, alert])).toEqual([
    ['900', '1', '1'],
    ['950', '1', '0'],
    ['51', '0', '0'],
    ['990', '1', '0'],
  ])
  const [, , score, , , lower, upper] = rows[30]!
  expect(Number(score)).toBeGreaterThan(0.99)
  expect(Number(lower)).toBeLessThan(50)
  expect(Number(upper)).toBeGreaterThan(52)
  expect(rows[5]!.slice(2)).toEqual(['0', '0', '0', '', ''])
})

it.each(['2026-01-05 (=HYPERLINK("http://x"))', '=2026-01-05', 'Jan 5 2026 =1+1', '+2026-01-05', '2026-01-05,=1'])(
  'takes no time that is also something else: %s',
  async (timestamp) => {
    const quoted = `"${timestamp.replaceAll('"', '""')}"`
    expect(await failure(`timestamp,value\n${quoted},1\n`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not a time'),
    })
  },
)

it('prints an error on one line without control characters, whatever the file contains', async () => {
  const { code, stderr } = await failure(`timestamp,value\n${at(0)},"\u001b[2J\nall is well\u202e"`)
  expect(code).toBe(1)
  expect(stderr).toContain(String.raw`\u001b[2J\u000aall is well\u202e`)
  expect(
    stderr
      .trimEnd()
      .split('')
      .filter((sign) => sign < ' ' || sign === '\u202e'),
  ).toEqual([])
})

it('waits for as long as the rule says', async () => {
  const rows = await backtest(csvOf([...normal, 900, 900, 900]), '--param', 'for_seconds=120')
  expect(rows.slice(30).map(([, , , , alert]) => alert)).toEqual(['0', '0', '1'])
})

it.each([
  ['normal for three samples and five minutes', 6, [], [30, 37]],
  ['which is not over earlier', 5, [], [30]],
  ['for as long as the rule says', 6, ['resolve_seconds=600'], [30]],
  ['for as many samples as the rule says', 3, ['resolve_seconds=0', 'resolve_samples=4'], [30]],
  ['below the score that the rule says', 6, ['recovery_score=0.1'], [30]],
])('raises the next event once the previous one has resolved: %s', async (_, usual, params, alerts) => {
  const values = [...normal, 900, ...normal.slice(0, usual), 900]
  const rows = await backtest(csvOf(values), ...params.flatMap((param) => ['--param', param]))
  expect(alertsOf(rows)).toEqual(alerts)
})

it('raises one event for a series that goes up and down', async () => {
  const values = [...normal, ...Array.from({ length: 20 }, (_, i) => (i % 2 ? 50 : 1e6 * (i + 1)))]
  const rows = await backtest(csvOf(values), '--param', 'resolve_seconds=0', '--param', 'resolve_samples=1')
  expect(alertsOf(rows)).toEqual([30, 32])
})

it('takes times without a zone for UTC and evaluates no late row', async () => {
  const rows = await backtest(
    'timestamp,value\n2026-01-01 00:10:00,1\n2026-01-01T00:09:59Z,999\n2026-01-01 00:10:00,999\n',
    '--method',
    'threshold',
    '--param',
    'threshold=100',
  )
  expect(rows.map(([, , , anomaly]) => anomaly)).toEqual(['0', '0', '1'])
})

it('finds the columns by their names', async () => {
  expect(await backtest('host,value,timestamp\n"a,b",7,2026-01-01 00:00:00\n')).toEqual([
    ['2026-01-01 00:00:00', '7', '0', '0', '0', '', ''],
  ])
})

it.each([
  ['time,value\n2026-01-01,1\n', [], 1, /header must have the columns timestamp and value/],
  ['timestamp,value\n2026-01-01,1\nyesterday,1\n', [], 1, /Line 3: timestamp: yesterday/],
  ['timestamp,value\n2026-01-01,high\n', [], 1, /Line 2: value: high/],
  ['timestamp,value\n', ['--method', 'NONE'], 2, /method: must be one of/],
  ['timestamp,value\n', ['--method', 'THRESHOLD'], 2, /threshold:/],
  ['timestamp,value\n', ['--param', 'window=1'], 2, /params.window/],
  ['timestamp,value\n', ['--param', 'window'], 2, /NAME=VALUE/],
])('%j with %j ends with code %d and says why', async (csv, args, code, reason) => {
  expect(await failure(csv, ...args)).toMatchObject({ code, stderr: expect.stringMatching(reason) })
})

it('evaluates by ADAPTIVE if no method is given', async () => {
  const file = join(folder.path, 'series.csv')
  const values = Array.from({ length: 200 }, (_, i) => (i === 150 ? 500 : 50 + (i % 3)))
  writeFileSync(file, csvOf(values))
  const printed = async (...args: string[]) => (await run(process.execPath, [COMMAND, file, ...args])).stdout
  const unnamed = await printed()
  expect(unnamed).toBe(await printed('--method', 'ADAPTIVE'))
  expect(
    alertsOf(
      unnamed
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')),
    ),
  ).toEqual([150])
})
