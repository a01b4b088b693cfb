// Why an event fired: computed for every event, and in the words of a language model if one is configured and asked.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import { startModelServer, WORDS } from '../core/explain/llm/model-server.ts'
import { expect, postBaseline, rowOf, test, type Tocsin } from './fixtures.ts'

/** An hour of another series of the source by the minute, at 10, and then at 30. */
async function postLoad({ host }: Tocsin) {
  const now = Date.now()
  await host.client.postMetricsBatch({
    body: Array.from({ length: 62 }, (_, index) => ({
      source: 'web-1',
      metric_type: 'LOAD',
      value: index < 61 ? 10 + (index % 3) - 1 : 30,
      recorded_at: new Date(now - (61 - index) * 60_000).toISOString(),
    })),
  })
}

/** axe finds nothing in what opens only on demand. */
async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

test('an event shows why it fired, what else was unusual, and what was done the last time', async ({
  page,
  tocsin,
}) => {
  const { client } = tocsin.host
  // Only one rule watches these series.
  const unusual = (await client.listRules()).find(({ name }) => name === 'Unusual value')
  await client.deleteRule({ params: { rule_id: unusual!.id } })
  await postLoad(tocsin)
  await postBaseline(tocsin)
  await tocsin.post({ value: 800 })
  await expect.poll(async () => (await client.listEvents({ query: { source: 'web-1' } })).length).toBe(1)
  const [first] = await client.listEvents({ query: { source: 'web-1' } })
  await client.resolveEvent({ params: { event_id: first!.id }, query: { comment: 'restarted the backup' } })
  await tocsin.post({ value: 900 })

  await tocsin.open(page, '/events')
  await rowOf(page, '900 ms').getByRole('link').first().click()
  await expect(page.getByTestId('why-headline')).toHaveText(
    /^RESPONSE_TIME on web-1 was 900 ms, above the normal range of [\d.]+ to [\d.]+ ms\.$/,
  )
  await expect(page.getByTestId('why-normal')).toHaveText(/^expected .* learned from \d+ samples$/)
  await expect(page.getByTestId('why-before')).toHaveText('Once')
  await expect(page.getByTestId('why-series')).toContainText('LOAD')
  await expect(page.getByTestId('why-series')).toContainText('10 → 30')
  await expect(page.getByTestId('why-earlier')).toContainText('restarted the backup')

  await page.getByTestId('why-earlier').getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/events/${first!.id}$`))
  await expect(page.getByTestId('why-headline')).toContainText('was 800 ms')
  await expect(page.getByTestId('why-before')).toHaveText('Never')
})

test('a model is set up, and its server tested', async ({ page, tocsin }) => {
  const model = await startModelServer()
  try {
    await tocsin.open(page, '/settings')
    const card = page.getByTestId('llm')
    await card.getByRole('switch', { name: 'Use a language model' }).check()
    await card.getByRole('textbox', { name: 'Base URL' }).fill('ftp://models.example')
    await card.getByRole('button', { name: 'Save' }).click()
    await expect(card.getByText('Must be an http or https address')).toBeVisible()
    await card.getByRole('textbox', { name: 'Base URL' }).fill(model.url)
    await card.getByLabel('API key', { exact: true }).fill('sk-secret')
    await card.getByRole('button', { name: 'Save' }).click()
    await card.getByRole('button', { name: 'Test connection' }).click()
    await expect(page.getByTestId('llm-test')).toHaveText(
      'Connected. 2 models are available: small-model, large-model.',
    )
    await card.getByRole('combobox', { name: 'Model' }).fill('small-model')
    await card.getByRole('button', { name: 'Save' }).click()
    await expect(card.getByText('A key is stored for this server. It is never shown.')).toBeVisible()
    await expectAccessible(page)
    expect((await tocsin.host.client.getSettings()).llm).toMatchObject({ url: model.url, has_key: true })
  } finally {
    await model.close()
  }
})

test('a model gets nothing before its prompt is confirmed, and its answer stays text', async ({ page, tocsin }) => {
  const model = await startModelServer()
  try {
    const llm = { enabled: true, url: model.url, model: 'small-model' }
    await tocsin.host.client.updateSettings({ body: { llm } })
    await postBaseline(tocsin)
    await tocsin.post({ value: 900 })
    await tocsin.open(page, '/events')
    await rowOf(page, 'web-1').getByRole('link').first().click()
    await page.getByRole('button', { name: 'Ask the model' }).click()
    await expect(page.getByTestId('prompt')).toContainText('RESPONSE_TIME on web-1 was 900 ms')
    const completions = () => model.received.filter(({ method }) => method === 'POST')
    expect(completions()).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('prompt')).toBeHidden()

    await page.getByRole('button', { name: 'Ask the model' }).click()
    const shown = await page.getByTestId('prompt').textContent()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Send' }).click()
    const answer = page.getByTestId('model-answer')
    await expect(answer).toContainText('Answer by small-model, a language model. It may be wrong:')
    await expect(answer).toContainText(WORDS)
    await expect(answer.locator('b'), 'no HTML').toHaveCount(0)
    await expectAccessible(page)
    const sent = JSON.parse(completions()[0]!.body) as { messages: { content: string }[] }
    expect(sent.messages.map(({ content }) => content).join('\n\n')).toBe(shown)

    await page.getByRole('button', { name: 'Ask the model' }).click()
    await expect.poll(() => completions().length, 'not asked again').toBe(2)
    await model.close()
    await page.getByRole('button', { name: 'Ask the model' }).click()
    await expect(page.getByTestId('why').getByRole('alert')).toContainText('connection refused')
  } finally {
    await model.close().catch(() => {})
  }
})
