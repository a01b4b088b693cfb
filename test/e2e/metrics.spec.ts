// The series and their live charts.
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
  await expect(chart).toBeVisible()
  const before = await chart.getAttribute('data-points')
  await tocsin.post({ value: 60 })
  await expect(chart).not.toHaveAttribute('data-points', before ?? '')
})
