// The series and their live charts.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, postBaseline, test } from './fixtures.ts'

test('a series is found by its name and its chart follows what is posted', async ({ page, tocsin }) => {
  await postBaseline(tocsin)
  await tocsin.post({ source: 'db-1', metric_type: 'CONNECTIONS{pool="main"}', unit: null, value: 3 })
  await tocsin.open(page, '/series')
  await expect(page.getByTestId('series-row')).toHaveCount(2)

  await page.getByRole('searchbox', { name: 'Source' }).fill('WEB')
  await expect(page.getByTestId('series-row')).toHaveCount(1)
  await page.getByTestId('series-row').getByRole('button').click()
  const chart = page.getByTestId('series-chart')
  await expect(chart).toHaveAttribute('data-points', '40')
  await tocsin.post({ value: 60 })
  await expect(chart).toHaveAttribute('data-points', '41')
})

test('two series on one axis', async ({ page, tocsin }) => {
  await postBaseline(tocsin)
  await postBaseline(tocsin, 'web-2')
  await tocsin.post({ source: 'db-1', metric_type: 'CPU', unit: '%', value: 30 })
  const window = await tocsin.open(page, '/series')
  const chart = window.getByTestId('series-chart')
  const legend = window.getByTestId('legend-row')
  const row = (source: string) => window.getByTestId('series-row').and(window.locator(`[data-source="${source}"]`))

  await row('web-1').getByRole('button').click()
  await expect(chart).toBeVisible()
  await expect(legend).toHaveCount(0)
  await row('web-2').getByRole('checkbox').click()
  await expect(chart).toHaveAttribute('data-lines', '2')
  await expect(chart).toHaveAttribute('data-points', '80')
  const canvas = chart.getByRole('img')
  await expect(canvas).toHaveAccessibleName(/RESPONSE_TIME, web-1: 40 samples.*RESPONSE_TIME, web-2: 40 samples/)
  await expect(window.getByTestId('chart-notes')).toBeEmpty()

  // Both stay live, and the address holds both.
  await tocsin.post({ value: 60 })
  await tocsin.post({ source: 'web-2', value: 70 })
  await expect(chart).toHaveAttribute('data-points', '82')
  await expect(legend.nth(1).getByTestId('latest')).toHaveText(/70/)
  await window.reload()
  await expect(legend).toHaveCount(2)
  await expect(chart).toHaveAttribute('data-points', '82')

  // By keyboard, a third one of another unit.
  await row('db-1').getByRole('button').focus()
  await window.keyboard.press('c')
  await expect(legend).toHaveCount(3)
  await expect(window.getByTestId('chart-notes')).toContainText('Units differ (ms, %)')
  const { violations } = await new AxeBuilder({ page: window }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])

  // Who leaves takes nobody's line along.
  await window.getByRole('button', { name: 'Remove RESPONSE_TIME, web-1 from the chart' }).click()
  await expect(legend).toHaveCount(2)
  await expect(legend.first()).toHaveAttribute('data-place', '1')
  await row('db-1')
    .getByRole('button')
    .click({ modifiers: ['Shift'] })
  await expect(legend).toHaveCount(0)
  await expect(window.getByTestId('series-panel')).toHaveAccessibleName(/RESPONSE_TIME, web-2/)
})

test('a source is forgotten by keyboard, after it was said what goes', async ({ page, tocsin }) => {
  await postBaseline(tocsin, 'web-2')
  await postBaseline(tocsin)
  await tocsin.post({ metric_type: 'CPU', value: 1 })
  await tocsin.post({ value: 900 })
  await expect.poll(async () => (await tocsin.host.client.listEvents()).length).toBe(1)
  const window = await tocsin.open(page, '/series?series_source=web-1&series=RESPONSE_TIME')
  await window.getByRole('button', { name: 'Forget this source' }).focus()
  await window.keyboard.press('Enter')
  const dialog = window.getByRole('dialog')
  await expect(dialog).toContainText('web-1')
  await expect(dialog.getByTestId('what-goes')).toHaveText('2 series, 42 samples')
  await expect(dialog).toContainText('begins anew')
  const { violations } = await new AxeBuilder({ page: window }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  // The key that opened the dialog takes nothing: what is chosen at first does no harm.
  await expect(dialog.getByRole('button', { name: 'Cancel' }).last()).toBeFocused()
  await window.keyboard.press('Tab')
  await window.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(window.getByTestId('series-row')).toHaveCount(1)
  await expect(window.getByTestId('series-row')).toHaveAttribute('data-source', 'web-2')
  await expect(window.getByTestId('series-panel')).toHaveCount(0)
  const [event] = await tocsin.host.client.listEvents()
  expect(event).toMatchObject({ source: 'web-1', status: 'RESOLVED' })
})
