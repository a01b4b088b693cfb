// axe finds nothing, on every screen, in both themes.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import { expect, notNow, postBaseline, rowOf, test } from './fixtures.ts'

/** A path, and what is there once its data are. */
const SCREENS = [
  ['/', 'trend'],
  ['/events', 'event-row'],
  ['/events/1', 'series-chart'],
  ['/series?series_source=web-1&series=RESPONSE_TIME', 'series-chart'],
  ['/rules', 'rule-row'],
  ['/rules/new', 'verdict'],
  ['/silences', 'window-row'],
  ['/silences/new', 'matched'],
  ['/maintenance-windows/new', 'matched'],
  ['/simulate', 'drill-form'],
  ['/settings', 'version'],
] as const

async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the ${colorScheme} theme`, async ({ page, tocsin }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await postBaseline(tocsin)
    await tocsin.post({ value: 900 })
    const { client } = tocsin.host
    await client.createSilence({ body: { source: 'web-2', to: '2099-01-01T00:00:00Z', comment: 'Goes soon' } })
    await postBaseline(tocsin, 'web-2')
    await tocsin.post({ source: 'web-2', value: 900 })
    const weekly = { days: [1], start: notNow('UTC'), minutes: 60, time_zone: 'UTC' }
    await client.createMaintenanceWindow({ body: { name: 'Backups', ...weekly } })
    await tocsin.open(page)
    await rowOf(page, 'web-1').waitFor()
    for (const [path, landmark] of SCREENS) {
      await tocsin.open(page, path)
      await page.getByTestId(landmark).first().waitFor()
      expect([path, await faults(page)]).toEqual([path, []])
    }
  })

  test(`axe finds nothing in a bundle in the ${colorScheme} theme`, async ({ page, tocsin }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await postBaseline(tocsin)
    await tocsin.post({ value: 900 })
    const { client } = tocsin.host
    await expect.poll(async () => (await client.listEvents()).length).toBe(1)
    await tocsin.open(page)
    await tocsin.open(page, '/bundle')
    await page.getByText('View an event from another Tocsin').waitFor()
    expect(await faults(page)).toEqual([])
    const bundle = await client.getBundle({ params: { event_id: 1 } })
    const buffer = Buffer.from(JSON.stringify(bundle))
    await page.locator('input[type=file]').setInputFiles({ name: 'bundle.json', mimeType: 'application/json', buffer })
    await page.getByTestId('bundle').waitFor()
    expect(await faults(page)).toEqual([])
  })
}
