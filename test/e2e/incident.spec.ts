// Events that belong together: one row that unfolds, and one click for all of them.
import { expect, rowOf, test } from './fixtures.ts'

test('an incident is one row, expands, and is acknowledged as one', async ({ page, tocsin }) => {
  const { client } = tocsin.host
  for (const metric_type of ['FIRST', 'SECOND', 'THIRD'])
    await client.createRule({
      body: {
        name: metric_type,
        metric_type,
        method: 'THRESHOLD',
        threshold: 90,
        severity: metric_type === 'SECOND' ? 'CRITICAL' : 'WARNING',
      },
    })
  for (const metric_type of ['FIRST', 'SECOND', 'THIRD']) await tocsin.post({ metric_type, unit: null, value: 99 })
  await tocsin.open(page, '/events')

  const rows = page.getByTestId('event-row')
  const fold = page.getByTestId('incident')
  await expect(fold).toHaveText('and 2 more on web-1')
  await expect(rows).toHaveCount(1)
  await expect(rowOf(page, 'web-1'), 'the worst stands for all').toContainText('SECOND')

  await fold.click()
  await expect(rows).toHaveCount(3)
  await expect(fold).toHaveAttribute('aria-expanded', 'true')
  await fold.click()
  await expect(rows).toHaveCount(1)

  await rowOf(page, 'web-1').getByRole('button', { name: 'Acknowledge' }).click()
  await expect(page.getByRole('dialog')).toContainText('and 2 more')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('headline')).toHaveText('Nothing is firing')
  expect((await client.listEvents()).map(({ status }) => status)).toEqual(Array(3).fill('ACKNOWLEDGED'))
})

test('an event that is flapping shows it, and resolves automatically', async ({ page, tocsin }) => {
  const { client } = tocsin.host
  await client.createRule({
    body: { name: 'n', metric_type: 'GAUGE', method: 'THRESHOLD', threshold: 90, resolve_seconds: 0 },
  })
  for (const value of [99, 1, 99, 1, 99]) await tocsin.post({ metric_type: 'GAUGE', unit: null, value })
  await tocsin.open(page, '/events')
  await expect(rowOf(page, 'web-1').getByTestId('flapping')).toBeVisible()
  expect(await client.listEvents()).toHaveLength(1)

  for (let sent = 0; sent < 20; sent++) await tocsin.post({ metric_type: 'GAUGE', unit: null, value: 1 })
  await expect(page.getByTestId('headline')).toHaveText('Nothing is firing')
  const [event] = await client.listEvents()
  expect(event).toMatchObject({ status: 'RESOLVED', resolved_by: 'tocsin' })
  await tocsin.open(page, `/events/${event!.id}`)
  await expect(page.getByText(/Normal for/)).toBeVisible()
})
