// The first screen shows what the API returns.
import { HOUR } from '../../shared/domain/time.ts'
import { expect, postBaseline, rowOf, test } from './fixtures.ts'

test('the summary begins with what is firing and shows the figures of the API', async ({ page, tocsin }) => {
  const { client } = tocsin.host
  for (const source of ['web-1', 'web-2', 'web-3']) {
    await postBaseline(tocsin, source)
    await tocsin.post({ source, value: 900 })
  }
  const longAgo = new Date(Date.now() - 3 * HOUR).toISOString()
  await tocsin.post({ source: 'backup', metric_type: 'CPU', unit: '%', value: 3, recorded_at: longAgo })
  await expect.poll(async () => (await client.listEvents()).length).toBe(3)
  const [event] = await client.listEvents({ query: { source: 'web-2' } })
  await client.resolveEvent({ params: { event_id: event!.id } })

  await tocsin.open(page)
  await expect(page.getByTestId('headline')).toHaveText('2 events are firing, 2 critical')
  await expect(page.getByTestId('event-row')).toHaveCount(1)
  await page.getByRole('button', { name: 'and 1 more on web-3' }).click()
  await expect(page.getByTestId('event-row')).toHaveCount(2)
  await expect(rowOf(page, 'web-1')).toContainText(/standard deviations above the mean/)

  const summary = await client.getSummary({ query: { hours: 24, tz: 'Europe/Berlin' } })
  await expect(page.getByTestId('total-events')).toHaveText(String(summary.total_events))
  await expect(page.getByTestId('total-samples')).toHaveText(String(summary.metric_snapshots))
  await expect(page.getByTestId('total-criticals')).toHaveText('2')
  await expect(page.getByTestId('total-silent')).toHaveText('1')
  await expect(page.getByTestId('silent')).toContainText('backup')
  const byStatus = page.getByTestId('by-status').getByRole('row')
  await expect(byStatus.filter({ hasText: 'Open' })).toContainText(String(summary.by_status.OPEN))
  await expect(byStatus.filter({ hasText: 'Resolved' })).toContainText(String(summary.by_status.RESOLVED))
  await expect(page.getByTestId('by-severity').getByRole('row').first()).toHaveText(/Critical\s*3/)
  await expect(page.getByTestId('by-metric-type').getByRole('row')).toHaveText(/RESPONSE_TIME\s*3/)
  // Of the other days there are no events; a midnight may pass meanwhile.
  const [today] = Object.values(summary.daily_trend)
  await expect(page.getByTestId('trend').getByRole('img')).toHaveAccessibleName(new RegExp(`: ${today}(,|$)`))

  // Within the hour the sample of long ago doesn't count; the address keeps the choice.
  await page.getByRole('radiogroup', { name: 'Period' }).getByText('1 h', { exact: true }).click()
  await expect(page.getByTestId('total-samples')).toHaveText(String(summary.metric_snapshots - 1))
  await expect(page).toHaveURL(/\?period=1$/)

  await page.getByTestId('by-status').getByRole('link', { name: 'Resolved' }).click()
  await expect(page).toHaveURL(/\/events\?show=RESOLVED&hours=1$/)
  await expect(page.getByTestId('event-row')).toHaveCount(1)
})

test('an event appears in the summary automatically and is acknowledged there', async ({ page, tocsin }) => {
  await postBaseline(tocsin)
  await tocsin.open(page)
  await expect(page.getByTestId('headline')).toHaveText('Nothing is firing')
  await tocsin.post({ value: 900 })
  await expect(rowOf(page, 'web-1')).toBeVisible()
  await page.keyboard.press('a')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Comment' }).press('Enter')
  await expect(page.getByTestId('headline')).toHaveText('Nothing is firing')
  await expect(page.getByTestId('by-status').getByRole('row').filter({ hasText: 'Acknowledged' })).toContainText('1')
})

test('ten tabs are live at once', { tag: '@browser' }, async ({ page, tocsin, context }) => {
  const tabs = [page]
  while (tabs.length < 10) tabs.push(await context.newPage())
  for (const tab of tabs) await tocsin.open(tab)
  await postBaseline(tocsin)
  await tocsin.post({ value: 900 })
  for (const tab of tabs) await expect(rowOf(tab, 'web-1')).toBeVisible()

  await tocsin.restart()
  await Promise.all(tabs.slice(1).map((tab) => tab.close()))
  await tocsin.post({ value: 900, source: 'web-2' })
  await expect(rowOf(page, 'web-1')).toBeVisible()
})
