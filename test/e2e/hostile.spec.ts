// Names and remarks of somebody who means no good, on every screen: nothing of them runs, nothing leaves its place.
import type { Page } from 'playwright/test'
import type { Bundle } from '../../shared/schemas/bundle.ts'
import { expect, notNow, rowOf, test, type Tocsin } from './fixtures.ts'

const EVIL = '"><img src=x onerror="window.hit=1"><script>window.hit=1</script>{{7*7}}\u202Egpj.exe\u2069\u200B=1+1 '

/** Of exactly so many characters. */
const evil = (length: number) => (EVIL + 'W'.repeat(length)).slice(0, length)

const SOURCE = evil(256)
const METRIC_TYPE = `${evil(120)}{path="${'/'.repeat(120)}"}`
const FAR = '2099-01-01T00:00:00Z'

/** Gives the id of the rule. */
async function fill({ host: { client } }: Tocsin): Promise<number> {
  const { id } = await client.createRule({
    body: { name: evil(200), description: evil(2000), method: 'THRESHOLD', threshold: 90, severity: 'CRITICAL' },
  })
  const now = Date.now()
  const sample = { source: SOURCE, metric_type: METRIC_TYPE, unit: evil(64), tags: { [evil(256)]: evil(256) } }
  for (const [index, value] of [50, 51, 52, 99].entries())
    await client.postMetric({
      body: { ...sample, value, recorded_at: new Date(now - (4 - index) * 1000).toISOString() },
    })
  await expect.poll(async () => (await client.listEvents()).length).toBeGreaterThan(0)
  const [event] = await client.listEvents()
  await client.acknowledgeEvent({ params: { event_id: event!.id }, query: { comment: evil(1000) } })
  await client.createSilence({ body: { source: evil(256), rule_id: id, to: FAR, comment: evil(1000) } })
  await client.createMaintenanceWindow({
    body: { name: evil(200), source: evil(256), days: [1], start: notNow('UTC'), minutes: 60, time_zone: 'UTC' },
  })
  return id
}

const series = `series_source=${encodeURIComponent(SOURCE)}&series=${encodeURIComponent(METRIC_TYPE)}`
/** A path, and what is there once its data are. */
const screens = (ruleId: number) => [
  ['/', 'trend'],
  ['/events', 'event-row'],
  ['/events/1', 'series-chart'],
  [`/series?${series}`, 'series-chart'],
  ['/rules', 'rule-row'],
  [`/rules/${ruleId}`, 'verdict'],
  ['/silences', 'window-row'],
  ['/silences/1', 'matched'],
  ['/maintenance-windows/1', 'matched'],
  ['/simulate', 'drill-form'],
  ['/settings', 'version'],
]

/** Elements that stand out of the window, unless something around them scrolls or cuts. */
const outside = (page: Page) =>
  page.evaluate(() => {
    const cuts = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).overflowX !== 'visible' || cuts(element.parentElement))
    return [...document.querySelectorAll('body *')]
      .filter(
        (element) => element.getBoundingClientRect().right > window.innerWidth + 1 && !cuts(element.parentElement),
      )
      .map((element) => element.outerHTML.slice(0, 200))
  })

for (const colorScheme of ['light', 'dark'] as const)
  test(`what an attacker writes stays text, ${colorScheme}`, async ({ page, tocsin }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('dialog', (dialog) => asked.push(dialog.message()))
    const ruleId = await fill(tocsin)
    await tocsin.open(page)
    for (const [path = '', landmark = ''] of screens(ruleId)) {
      await tocsin.open(page, path)
      await page.getByTestId(landmark).first().waitFor()
      const state = await page.evaluate(() => ({
        hit: 'hit' in window,
        images: document.querySelectorAll('img').length,
        wider: document.documentElement.scrollWidth > window.innerWidth,
      }))
      expect([path, state]).toEqual([path, { hit: false, images: 0, wider: false }])
      expect([path, await outside(page)]).toEqual([path, []])
    }
    await openHostileBundle(page, tocsin)
    expect(await page.evaluate(() => ['hit' in window, document.querySelectorAll('img').length])).toEqual([false, 0])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    expect(await outside(page)).toEqual([])
    expect(asked.filter((url) => /\/x$|evil/.test(new URL(url, 'http://localhost').pathname))).toEqual([])
    await tocsin.open(page, '/events')
    await expect(rowOf(page, '<script>')).toBeVisible()
  })

/** What a colleague sent who means no good: all texts of it are theirs. */
async function openHostileBundle(page: Page, tocsin: Tocsin): Promise<void> {
  const good = await tocsin.host.client.getBundle({ params: { event_id: 1 } })
  const bundle: Bundle = {
    ...good,
    made_by: evil(64),
    event: {
      ...good.event,
      rule_name: evil(10_000),
      title: evil(10_000),
      description: evil(10_000),
      method: evil(10_000),
      unit: evil(64),
      acknowledged_by: evil(10_000),
      timeline: good.event.timeline.map((line) => ({ ...line, who: evil(10_000), comment: evil(10_000) })),
    },
    explanation: { ...good.explanation, text: evil(10_000) },
    rule: good.rule && {
      ...good.rule,
      name: evil(200),
      description: evil(2000),
      params: { [evil(64)]: evil(256) },
    },
    incident: Array.from({ length: 3 }, (_, at) => ({ ...good.event, id: at + 1, title: evil(10_000) })),
    neighbours: [{ ...good.series, metric_type: evil(256), cut: true }],
  }
  await tocsin.open(page, '/bundle')
  const buffer = Buffer.from(JSON.stringify(bundle))
  const file = { name: `${evil(100).replaceAll('/', '_')}.json`, mimeType: 'application/json', buffer }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByTestId('bundle').waitFor()
}

/** Inline elements whose text turns the direction, and with it that of their neighbours. */
const turning = (page: Page) =>
  page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    while (texts.nextNode()) {
      const holder = texts.currentNode.parentElement!
      const { display, unicodeBidi } = getComputedStyle(holder)
      const isIsolated = display !== 'inline' || /isolate|plaintext/.test(unicodeBidi)
      if (texts.currentNode.nodeValue?.includes('\u202E') && !isIsolated) found.push(holder.outerHTML.slice(0, 200))
    }
    return found
  })

test('a right-to-left name reverses nothing but itself', async ({ page, tocsin }) => {
  const ruleId = await fill(tocsin)
  await tocsin.open(page)
  for (const [path = '', landmark = ''] of screens(ruleId)) {
    await tocsin.open(page, path)
    await page.getByTestId(landmark).first().waitFor()
    expect([path, await turning(page)]).toEqual([path, []])
  }
  await openHostileBundle(page, tocsin)
  expect(await turning(page)).toEqual([])
  await tocsin.open(page, `/series?${series}`)
  await page.getByRole('button', { name: 'Delete source data' }).click()
  await page.getByTestId('affected-data').waitFor()
  expect(await turning(page)).toEqual([])
  expect(await outside(page)).toEqual([])
})
