// Takes the pictures under docs/: the program as it is built, with an afternoon of a small service on it.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { MINUTE } from '../shared/domain/time.ts'
import type { RuleIn } from '../shared/schemas/rule.ts'
import type { SampleIn } from '../shared/schemas/sample.ts'
import build from '../test/support/build.ts'
import { randomFrom } from '../test/support/random.ts'
import { findBrowser } from './find-browser.ts'
import { startHostProcess, temporaryFolder, type HostProcess } from '../test/support/host-process.ts'

const DOCS = join(import.meta.dirname, '../docs')
const HOURS_OF_HISTORY = 6
const READINGS = HOURS_OF_HISTORY * 60

/** One reading a minute of a shop's servers, the last of them a minute ago. */
function history(): SampleIn[] {
  const random = randomFrom(42)
  const now = Date.now()
  const noise = (size: number) => (random() + random() + random() - 1.5) * size
  const wave = (index: number, size: number) => Math.sin((index / READINGS) * Math.PI) * size
  const one = (index: number, source: string, metric_type: string, value: number, unit: string): SampleIn => ({
    source,
    metric_type,
    value: Math.round(Math.max(0, value) * 10) / 10,
    unit,
    recorded_at: new Date(now - (READINGS - index) * MINUTE).toISOString(),
  })
  return Array.from({ length: READINGS }, (_, index) => {
    const stalls = index > READINGS - 12
    return [
      one(index, 'web-1', 'RESPONSE_TIME', 110 + wave(index, 25) + noise(12), 'ms'),
      one(index, 'web-2', 'RESPONSE_TIME', 114 + wave(index, 25) + noise(12) + (stalls ? 260 + noise(80) : 0), 'ms'),
      one(index, 'web-1', 'CPU', 22 + wave(index, 14) + noise(6), '%'),
      one(index, 'web-2', 'CPU', 23 + wave(index, 14) + noise(6) + (stalls ? 30 : 0), '%'),
      one(index, 'db-1', 'CONNECTIONS{pool="orders"}', 34 + wave(index, 12) + noise(5) + (stalls ? 58 : 0), ''),
      one(index, 'db-1', 'MEMORY', 61 + index / 90 + noise(0.6), '%'),
      one(index, 'queue-1', 'QUEUE_DEPTH{queue="mail"}', 5 + (index === 200 ? 160 : 0) + Math.abs(noise(4)), ''),
      one(index, 'backup-1', 'DISK{mount="/srv"}', 78 + index / 28, '%'),
      one(index, 'cache-1', 'ERROR_RATE', Math.max(0, 0.2 + noise(0.2)), '%'),
    ]
  }).flat()
}

const RULES: RuleIn[] = [
  {
    name: 'Slow answers',
    description: 'Customers feel it from here on.',
    source: 'web-*',
    metric_type: 'RESPONSE_TIME',
    method: 'ZSCORE',
    z_threshold: 6,
    for_seconds: 120,
    severity: 'CRITICAL',
  } as RuleIn,
  { name: 'Pool runs dry', source: 'db-*', metric_type: 'CONNECTIONS{*}', method: 'IQR', iqr_factor: 3 } as RuleIn,
  { name: 'Mail piles up', source: 'queue-*', method: 'THRESHOLD', threshold: 100, severity: 'WARNING' } as RuleIn,
]

async function fill({ client }: HostProcess) {
  for (const body of RULES) await client.createRule({ body })
  const samples = history()
  for (let from = 0; from < samples.length; from += 100)
    await client.postMetricsBatch({ body: samples.slice(from, from + 100) })
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const events = await client.listEvents()
  const pool = events.find(({ source, status }) => source === 'db-1' && status === 'OPEN')
  if (pool)
    await client.acknowledgeEvent({ params: { event_id: pool.id }, query: { comment: 'Looking at web-2 first' } })
  await client.simulate({ body: { source: 'web-3', metric_type: 'CPU' } })
  return events.find(({ source, status }) => source === 'web-2' && status === 'OPEN')!.id
}

const screens = (eventId: number): [name: string, path: string, ready: string][] => [
  ['summary', '/', 'event-row'],
  ['events', '/events', 'event-row'],
  ['event', `/events/${eventId}`, 'series-chart'],
  ['metrics', '/series', 'legend'],
  ['rules', '/rules', 'rule-row'],
  ['simulate', '/simulate', 'drill-result'],
  ['settings', '/settings', 'version'],
]

/** Both web servers' answers on one axis, over the whole afternoon. */
async function compareAnswers(page: Page) {
  const answers = page.getByTestId('series-row').filter({ hasText: 'RESPONSE_TIME' })
  await answers.last().getByRole('button').click()
  await answers.first().getByRole('checkbox').click()
  await page.getByText('6 h', { exact: true }).click()
}

async function shoot(page: Page, { url }: HostProcess, eventId: number, folder: string, suffix: string) {
  for (const [name, path, ready] of screens(eventId)) {
    await page.goto(url + path)
    if (name === 'metrics') await compareAnswers(page)
    if (name === 'simulate') await page.getByRole('button', { name: 'Run drill' }).click()
    await page.getByTestId(ready).first().waitFor()
    // Charts draw once their data are there; nothing on the page says when.
    await page.waitForTimeout(1200)
    await page.screenshot({ path: join(folder, `${name}-${suffix}.png`) })
  }
}

await build()
const executablePath = findBrowser()
if (!executablePath) throw new Error('There is no browser; "node scripts/install-browser.ts" installs one.')
/** Also narrow ones, for a look; only the wide ones are kept in docs/. */
const narrow = process.argv[2]
const folder = temporaryFolder()
const host = await startHostProcess({ dataDir: folder.path })
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  const eventId = await fill(host)
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1360, height: 850 } })
    await page.goto(host.link)
    await shoot(page, host, eventId, DOCS, colorScheme)
    if (narrow) {
      mkdirSync(narrow, { recursive: true })
      await page.setViewportSize({ width: 768, height: 1000 })
      await shoot(page, host, eventId, narrow, `${colorScheme}-narrow`)
    }
    await page.close()
  }
} finally {
  await browser.close()
  await host.stop()
  folder.remove()
}
