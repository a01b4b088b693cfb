// From a posted metric to an event on the screen, and what the engineer does with it.
import { expect, postBaseline, rowOf, test } from './fixtures.ts'

test('a spike is in the open page within a second, without a reload', async ({ page, tocsin }) => {
  await postBaseline(tocsin)
  await tocsin.open(page, '/events')
  await expect(page.getByTestId('headline')).toHaveText('Nothing is firing')
  await page.evaluate(() => void Object.assign(window, { sameDocument: true }))

  const posted = Date.now()
  await tocsin.post({ value: 900 })
  await rowOf(page, 'web-1').waitFor({ timeout: 5000 })
  expect(Date.now() - posted).toBeLessThan(1000)
  await expect(page.getByTestId('headline')).toHaveText('1 event is firing, 1 critical')
  await expect(rowOf(page, 'web-1')).toContainText('900 ms')
  await expect(rowOf(page, 'web-1')).toContainText(/standard deviations above the mean/)
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
})

test('it is acknowledged with a comment, then resolved, and shows who did what', async ({ page, tocsin }) => {
  await postBaseline(tocsin)
  await tocsin.post({ value: 900 })
  await tocsin.open(page, '/events')

  await rowOf(page, 'web-1').getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByRole('textbox', { name: 'Comment' }).fill('looking at the cache')
  await page.keyboard.press('Enter')
  await expect(rowOf(page, 'web-1')).toHaveAttribute('data-status', 'ACKNOWLEDGED')

  await rowOf(page, 'web-1').getByRole('link').click()
  await expect(page).toHaveURL(/\/events\/\d+$/)
  await expect(page.getByTestId('chart-legend')).toHaveText(/^SamplesExpected band/)
  await expect(page.getByText('looking at the cache')).toBeVisible()
  await page.getByRole('button', { name: 'Resolve' }).click()
  await page.getByRole('textbox', { name: 'Comment' }).fill('cache restarted')
  await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click()
  await expect(page.getByText('cache restarted')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Resolve' })).toBeDisabled()

  const [event] = await tocsin.host.client.listEvents()
  const { timeline } = await tocsin.host.client.getEvent({ params: { event_id: event!.id } })
  expect(timeline.map(({ kind, comment }) => [kind, comment])).toEqual([
    ['raised', null],
    ['acknowledged', 'looking at the cache'],
    ['resolved', 'cache restarted'],
  ])
})

test('it is marked as a false alarm by keyboard alone', async ({ page, tocsin }) => {
  await postBaseline(tocsin)
  await tocsin.post({ value: 900 })
  await tocsin.open(page, '/events')
  await rowOf(page, 'web-1').waitFor()

  await page.keyboard.press('j')
  await page.keyboard.press('f')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('load test')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('headline')).toHaveText('Nothing is firing')
  expect(await tocsin.host.client.listEvents()).toMatchObject([{ status: 'FALSE_POSITIVE' }])
})

test('it is confirmed, commented on, resolved by mistake, undone and reopened by keyboard alone', async ({
  page,
  tocsin,
}) => {
  await postBaseline(tocsin)
  await tocsin.post({ value: 900 })
  await tocsin.open(page, '/events')
  await rowOf(page, 'web-1').getByRole('link').click()
  await page.getByTestId('timeline').waitFor()
  const actions = page.getByRole('group', { name: /^Actions for/ })
  await expect(actions.getByRole('button', { name: 'Undo' })).toHaveCount(0)

  const act = async (key: string, comment: string) => {
    await page.keyboard.press(key)
    await page.getByRole('textbox', { name: 'Comment' }).fill(comment)
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('timeline')).toContainText(comment)
  }
  await act('c', 'customers call')
  await expect(actions.getByRole('button', { name: 'Real problem' })).toBeDisabled()
  await page.keyboard.press('m')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Comment' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await act('m', 'the cache is cold')
  await act('r', 'wrong tab')
  await expect(actions.getByRole('button', { name: 'Resolve' })).toBeDisabled()
  await act('u', 'back again')
  await expect(actions.getByRole('button', { name: 'Resolve' })).toBeEnabled()
  await act('r', 'really')
  await act('o', 'not yet')

  const [event] = await tocsin.host.client.listEvents()
  expect(event!.status).toBe('OPEN')
  expect(event!.confirmed_by).not.toBeNull()
  const { timeline } = await tocsin.host.client.getEvent({ params: { event_id: event!.id } })
  expect(timeline.map(({ kind }) => kind)).toEqual([
    'raised',
    'confirmed',
    'commented',
    'resolved',
    'undone',
    'resolved',
    'reopened',
  ])
})

test('two tabs stay in step', { tag: '@browser' }, async ({ page, context, tocsin }) => {
  await postBaseline(tocsin)
  await tocsin.open(page, '/events')
  const other = await context.newPage()
  await tocsin.open(other, '/events')
  await tocsin.post({ value: 900 })
  await rowOf(other, 'web-1').waitFor()
  await rowOf(page, 'web-1').getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click()
  await expect(rowOf(other, 'web-1')).toHaveAttribute('data-status', 'ACKNOWLEDGED')
})

test(
  'a restart loses nothing, and the open page catches up automatically',
  { tag: '@browser' },
  async ({ page, tocsin }) => {
    await postBaseline(tocsin)
    await tocsin.post({ value: 900 })
    await tocsin.open(page, '/events')
    await rowOf(page, 'web-1').waitFor()
    await page.getByText('Live', { exact: true }).waitFor()

    await tocsin.host.kill()
    await expect(page.getByText(/Tocsin is not responding/)).toBeVisible()
    await expect(rowOf(page, 'web-1'), 'what was known stays').toBeVisible()

    await tocsin.restart()
    await postBaseline(tocsin, 'web-2')
    await tocsin.post({ source: 'web-2', value: 900 })
    // What began minutes after it is the same incident.
    await expect(rowOf(page, 'web-1')).toBeVisible()
    await page.getByRole('button', { name: 'and 1 more on web-2' }).click()
    await expect(rowOf(page, 'web-2')).toBeVisible()
    await expect(page.getByText(/Tocsin is not responding/)).toBeHidden()
  },
)

test('a page whose stream could not be opened opens it again', { tag: '@browser' }, async ({ page, tocsin }) => {
  await page.addInitScript(() => {
    let file: string | undefined = '/assets/none.js'
    window.SharedWorker = class extends SharedWorker {
      constructor(url: string | URL, options?: string | WorkerOptions) {
        super(file ?? url, options)
        file = undefined
      }
    }
  })
  await tocsin.open(page, '/events')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
})

test('without the link there is no way in', { tag: '@browser' }, async ({ page, tocsin }) => {
  await page.goto(tocsin.host.url)
  await expect(page.getByText('Open the link that Tocsin printed at startup')).toBeVisible()
  const refused = await page.goto(`${tocsin.host.url}/?token=wrong`)
  expect(refused?.status()).toBe(401)
})
