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
  await expect(legend.first()).toHaveAttribute('data-slot', '1')
  await row('db-1')
    .getByRole('button')
    .click({ modifiers: ['Shift'] })
  await expect(legend).toHaveCount(0)
  await expect(window.getByTestId('series-panel')).toHaveAccessibleName(/RESPONSE_TIME, web-2/)
})

test('the data of a source is deleted by keyboard, after the dialog has shown how much it is', async ({
  page,
  tocsin,
}) => {
  // Its name would be a pattern of the other's, and isn't taken for one.
  const source = 'web-*'
  const { client } = tocsin.host
  await postBaseline(tocsin, 'web-2')
  await postBaseline(tocsin, source)
  await tocsin.post({ source, metric_type: 'CPU', value: 1 })
  await tocsin.post({ source, value: 900 })
  for (const noisy of ['bad-1', 'Bad-2']) await tocsin.post({ source: noisy })
  await expect.poll(async () => (await client.listEvents()).length).toBe(1)
  const window = await tocsin.open(page, '/series?series_source=web-*&series=RESPONSE_TIME')
  const dialog = window.getByRole('dialog')
  const field = dialog.getByRole('textbox', { name: 'Source' })
  const affectedData = dialog.getByTestId('affected-data')
  const findsNoFaults = async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await window.emulateMedia({ colorScheme })
      // What fades has its colours in the end.
      await expect
        .poll(async () => {
          const { violations } = await new AxeBuilder({ page: window }).analyze()
          return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
        })
        .toEqual([])
    }
  }
  const open = async () => {
    await window.getByRole('button', { name: 'Delete source data' }).focus()
    await window.keyboard.press('Enter')
    await expect(field).toHaveValue(source)
    await expect(affectedData).toHaveText('2 series, 42 samples')
    await expect(dialog).toContainText('starts from scratch')
    // The key that opened the dialog takes nothing: what is chosen at first does no harm.
    await expect(dialog.getByRole('button', { name: 'Cancel' }).last()).toBeFocused()
  }
  await open()
  await findsNoFaults()

  // Written in its place, a pattern takes all that match.
  await window.keyboard.press('Shift+Tab')
  await window.keyboard.type('nobody*')
  await expect(affectedData).toHaveText('No source matches.')
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled()
  await field.fill('bad-?')
  await expect(affectedData).toHaveText('2 sources, 2 series, 2 samples, 0 active events')
  await window.keyboard.press('Enter')
  await tocsin.post({ source: 'bad-3' })
  // But no more than was shown.
  await dialog.getByRole('button', { name: 'Delete 2 sources' }).press('Enter')
  await expect(field).toHaveAccessibleDescription(/Nothing was deleted/)
  await expect(field).toBeFocused()
  await findsNoFaults()
  await expect(dialog.getByRole('button', { name: 'Delete 3 sources' })).toBeEnabled()
  await window.keyboard.press('Tab')
  await window.keyboard.press('Tab')
  await window.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect.poll(async () => (await client.matchSources({ query: { source: '*' } })).sources).toBe(2)

  await open()
  await window.keyboard.press('Tab')
  await window.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(window.getByTestId('series-row')).toHaveCount(1)
  await expect(window.getByTestId('series-row')).toHaveAttribute('data-source', 'web-2')
  await expect(window.getByTestId('series-panel')).toHaveCount(0)
  const [event] = await client.listEvents()
  expect(event).toMatchObject({ source, status: 'RESOLVED' })
})
