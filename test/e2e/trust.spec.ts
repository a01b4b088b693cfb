// Backups, notices, and an event that goes from one Tocsin to another.
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Page } from 'playwright/test'
import { expect, postBaseline, test, type Tocsin } from './fixtures.ts'

test('a button creates a backup and shows where it is', async ({ page, tocsin }) => {
  const shown = await tocsin.open(page, '/settings')
  const newest = shown.getByTestId('newest-backup')
  await expect(newest).toHaveText('None yet')
  await shown.getByRole('button', { name: 'Back up now' }).click()
  await expect(newest).toHaveText(/[KM]iB$/)
  const { backups } = await tocsin.host.client.listBackups()
  expect(backups).toHaveLength(1)
  await expect(shown.getByTestId('backups').getByText(backups[0]!.path)).toBeVisible()
  expect(existsSync(backups[0]!.path)).toBe(true)
})

test(
  'a write failure and a quarantined database are shown on every screen',
  { tag: '@browser' },
  async ({ page, tocsin }) => {
    // A full disk can't be had on every machine; the program's own answer, with a write error in it, can.
    let notices = [{ id: 7, kind: 'set_aside', at: '2026-01-05T12:00:00.000Z', text: 'The database was damaged.' }]
    await page.route('**/api/anomaly/health', async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ json: { ...(await answer.json()), write_error: 'the disk is full', notices } })
    })
    await page.route('**/api/anomaly/notices/7', async (route) => {
      notices = []
      await route.fulfill({ status: 204 })
    })
    for (const path of ['/', '/events', '/series', '/rules', '/simulate', '/settings']) {
      await tocsin.open(page, path)
      await expect(
        page.getByTestId('notices').getByText('Nothing can be stored right now: the disk is full'),
      ).toBeVisible()
      await expect(page.getByTestId('notices').getByText('The database was damaged.')).toBeVisible()
    }
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(page.getByText('The database was damaged.')).toHaveCount(0)
  },
)

async function fire(page: Page, tocsin: Tocsin) {
  await postBaseline(tocsin)
  await tocsin.post({ value: 900 })
  await expect.poll(async () => (await tocsin.host.client.listEvents()).length).toBeGreaterThan(0)
  const [event] = await tocsin.host.client.listEvents()
  await tocsin.open(page, `/events/${event!.id}`)
  return event!
}

test('an event is exported as a file and opened', { tag: '@browser' }, async ({ page, tocsin }, info) => {
  const event = await fire(page, tocsin)
  const begun = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export bundle' }).click()
  const download = await begun
  expect(download.suggestedFilename()).toBe(`tocsin-event-${event.id}.json.gz`)
  const file = info.outputPath('bundle.json.gz')
  await download.saveAs(file)
  const bundle = JSON.parse(gunzipSync(await readFile(file)).toString())
  expect(bundle.event.title).toBe(event.title)

  const before = await tocsin.host.client.listEvents()
  await tocsin.open(page, '/bundle')
  const pick = page.locator('input[type=file]')
  await pick.setInputFiles(file)
  const shown = page.getByTestId('bundle')
  await expect(shown.getByRole('heading', { name: event.title })).toBeVisible()
  await expect(shown.getByTestId('timeline')).toContainText('Raised')
  await expect(shown.getByTestId('series-chart').first()).toHaveAttribute('data-points', '41')
  await expect(shown.getByText('"name": "Slow answers"')).toBeVisible()
  expect(await tocsin.host.client.listEvents()).toEqual(before)

  // What is broken or hostile is refused, and the field is named.
  const refuse = async (content: Buffer | string, why: RegExp) => {
    await writeFile(info.outputPath('other.json'), content)
    await tocsin.open(page, '/bundle')
    await pick.setInputFiles(info.outputPath('other.json'))
    await expect(page.getByText(why)).toBeVisible()
    await expect(shown).toHaveCount(0)
  }
  await refuse('not JSON', /It is not JSON/)
  await refuse(JSON.stringify({ ...bundle, event: { ...bundle.event, value: 'x' } }), /event\.value/)
  await refuse(gzipSync(Buffer.alloc(3_000_000, 32)), /larger than 1 MiB/)
})
