// More than can be evaluated, on the screen: a banner shows it while it lasts, clicks work, and it ends by itself.
import { openPoster } from '../headless/flood.ts'
import { expect, postBaseline, rowOf, test } from './fixtures.ts'

test('an overload is shown while it lasts', { tag: '@browser' }, async ({ page, tocsin }) => {
  test.setTimeout(120_000)
  const { client, url } = tocsin.host
  for (const method of ['SEASONAL', 'ADAPTIVE', 'SEASONAL', 'ADAPTIVE'])
    await client.createRule({ body: { name: `${method} ${Math.random()}`, metric_type: 'LOAD', method } })
  await postBaseline(tocsin)
  await tocsin.post({ value: 900 })
  await tocsin.open(page, '/events')
  await expect(rowOf(page, 'web-1')).toBeVisible()
  await expect(page.getByTestId('overload')).toHaveCount(0)

  const poster = openPoster(url)
  const life = { ending: false }
  const agents = Array.from({ length: 32 }, async (_, agent) => {
    for (let at = 0; !life.ending; at++)
      await poster.post(
        Array.from({ length: 100 }, () => ({ source: `agent-${agent % 4}`, metric_type: 'LOAD', value: at % 7 })),
      )
  })
  await expect(page.getByTestId('overload')).toHaveText(
    'Posts are rejected: samples arrive faster than they can be evaluated',
    {
      timeout: 30_000,
    },
  )
  await expect(page.getByTestId('backlog')).toHaveText(/^Detection is \d[\d,]+ samples behind$/)
  await rowOf(page, 'web-1').getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByRole('textbox', { name: 'Comment' }).fill('in the middle of it')
  await page.keyboard.press('Enter')
  await expect(rowOf(page, 'web-1')).toHaveAttribute('data-status', 'ACKNOWLEDGED')
  await rowOf(page, 'web-1').getByRole('link').click()
  await expect(page.getByText('in the middle of it')).toBeVisible()
  await expect(page.getByTestId('overload')).toBeVisible()

  life.ending = true
  await Promise.all(agents)
  poster.end()
  await expect(page.getByTestId('backlog')).toHaveCount(0, { timeout: 60_000 })
  await expect(page.getByTestId('overload')).toHaveCount(0, { timeout: 30_000 })
  await tocsin.post({ value: 50 })
})
