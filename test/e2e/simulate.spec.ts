// A drill, from its form to its event.
import { expect, test } from './fixtures.ts'

test('a drill is run, explained, and its event followed live', async ({ page, tocsin }) => {
  await tocsin.open(page, '/simulate')
  const run = page.getByRole('button', { name: 'Run drill' })
  await page.getByRole('button', { name: 'Slow responses' }).click()
  await page.getByRole('textbox', { name: 'Source' }).fill('web-1')
  await page.getByRole('textbox', { name: 'Normal samples' }).fill('0')
  await run.click()
  await expect(page.getByText('At least 1')).toBeVisible()
  await page.getByRole('textbox', { name: 'Normal samples' }).fill('40')
  await page.getByRole('checkbox', { name: 'Explain the result' }).check()
  await run.click()

  const result = page.getByTestId('drill-result')
  await expect(result).toContainText('Anomaly.')
  await expect(result).toContainText('without a language model')
  await expect(result.getByTestId('series-chart')).toHaveAttribute('data-points', '41')
  const event = page.getByTestId('drill-event').filter({ hasText: 'Slow answers' })
  await expect(event).toHaveAttribute('data-status', 'OPEN')

  const [raised] = await tocsin.host.client.listEvents({ query: { source: 'web-1', severity: 'CRITICAL' } })
  await tocsin.host.client.acknowledgeEvent({ params: { event_id: raised!.id } })
  await expect(event).toHaveAttribute('data-status', 'ACKNOWLEDGED', { timeout: 3000 })

  await event.getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/events/${raised!.id}$`))
  await expect(page.getByTestId('drill').first()).toBeVisible()
  await page.goBack()
  await expect(event, 'the result is still there').toHaveAttribute('data-status', 'ACKNOWLEDGED')

  await tocsin.host.client.undoEvent({ params: { event_id: raised!.id } })
  await page.getByRole('link', { name: 'Events', exact: true }).click()
  await expect(page.getByTestId('headline'), 'drills are counted apart').toHaveText(/^Nothing is firing · \d drills?$/)
  await expect(page.getByTestId('open-criticals')).toHaveText('No open criticals')
})

test('a drill that changes nothing fires nothing, and a text explains it', async ({ page, tocsin }) => {
  await tocsin.open(page, '/simulate')
  await page.getByRole('button', { name: 'All normal' }).click()
  await page.getByRole('button', { name: 'Run drill' }).click()
  await expect(page.getByTestId('drill-result')).toContainText('No rule fired.')
  await expect(page.getByTestId('drill-result')).toContainText('Normal.')
  expect(await tocsin.host.client.listEvents()).toEqual([])
})
