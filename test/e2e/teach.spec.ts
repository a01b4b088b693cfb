// What a false alarm changes in its rule, the backtest of a rule over all stored samples, and the statistics of each rule.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import { expect, postBaseline, test, type Tocsin } from './fixtures.ts'

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

/** A limit of 100 over which a queue goes now and then; gives the ids of its events, the oldest first. */
async function firingQueue({ host: { client } }: Tocsin, peaks: readonly number[]) {
  const rule = await client.createRule({
    body: { name: 'Jobs waiting', metric_type: 'QUEUE', method: 'THRESHOLD', threshold: 100, resolve_seconds: 60 },
  })
  const minutes = peaks.flatMap((peak) => [...Array.from({ length: 14 }, () => 50), peak]).concat([50, 50])
  const now = Date.now()
  await client.postMetricsBatch({
    body: minutes.map((value, index) => ({
      source: 'web-1',
      metric_type: 'QUEUE',
      value,
      recorded_at: new Date(now - (minutes.length - index) * 60_000).toISOString(),
    })),
  })
  const events = async () => (await client.listEvents()).filter(({ rule_id }) => rule_id === rule.id)
  await expect.poll(async () => (await events()).length).toBe(peaks.length)
  return { rule, ids: (await events()).map(({ id }) => id).toReversed() }
}

test('a false alarm proposes a change of its rule, which is applied and undone by keyboard', async ({
  page,
  tocsin,
}) => {
  const { client } = tocsin.host
  const { rule, ids } = await firingQueue(tocsin, [110, 130])
  const threshold = async () => (await client.listRules()).find(({ id }) => id === rule.id)?.threshold
  await tocsin.open(page, `/events/${ids[0]}`)
  await expect(page.getByTestId('event')).toBeVisible()
  await expect(page.getByTestId('proposal')).toHaveCount(0)
  await page.getByTestId('event').getByRole('button', { name: 'False alarm' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'False alarm' }).click()

  const proposal = page.getByTestId('proposal')
  await expect(proposal).toContainText(
    'Raise Threshold from 100 to 110: removes 1 of 2 firings in 14 days, loses no confirmed events',
  )
  await expectAccessible(page)
  await proposal.getByRole('button', { name: 'Apply' }).press('Enter')
  await expect(proposal).toContainText('Applied.')
  expect(await threshold()).toBe(110)
  await proposal.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(proposal.getByRole('button', { name: 'Apply' })).toBeVisible()
  expect(await threshold()).toBe(100)

  await proposal.getByRole('button', { name: 'Apply' }).click()
  await expect(proposal).toContainText('Applied.')
  await tocsin.open(page, `/rules/${rule.id}`)
  const changes = page.getByTestId('rule-change')
  await expect(changes.first()).toContainText('Threshold 100 → 110')
  await expect(changes.first()).toContainText(`Event ${ids[0]} was a false alarm.`)
  await expect(changes.nth(1)).toContainText('undone')
  await changes.first().getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('textbox', { name: 'Threshold' })).toHaveValue('100')
  expect(await threshold()).toBe(100)
})

test('a rule is backtested over all that is stored, beside its current version', async ({ page, tocsin }) => {
  const { client } = tocsin.host
  const { rule, ids } = await firingQueue(tocsin, [110, 130, 120])
  await client.markFalsePositive({ params: { event_id: ids[0]! } })
  await tocsin.open(page, `/rules/${rule.id}`)
  await page.getByRole('textbox', { name: 'Threshold' }).fill('125')
  const card = page.getByTestId('backtest')
  await card.getByRole('button', { name: 'Run backtest' }).click()
  await expect(card.getByTestId('backtest-verdict')).toHaveText('It would have fired once. The current rule: 3 times.')
  await expect(card).toContainText('1 kept, 0 new, 2 removed.')
  await expect(card).toContainText('Removes 1 of 1 known false alarms and 0 of 0 confirmed events.')
  await expect(card.getByTestId('firing').filter({ hasText: 'only in the current rule' })).toHaveCount(2)
  await expectAccessible(page)
})

test('a rule that is mostly wrong is named, with the suggested change', async ({ page, tocsin }) => {
  const { client } = tocsin.host
  const { ids } = await firingQueue(tocsin, [110, 111, 112, 113, 114])
  for (const event_id of ids) await client.markFalsePositive({ params: { event_id } })
  await postBaseline(tocsin)
  await tocsin.open(page, '/rules')
  const notice = page.getByTestId('noisy-rule')
  await expect(notice).toContainText('Jobs waiting is mostly wrong: 5 of 5 events')
  const row = page.getByTestId('rule-row').filter({ hasText: 'Jobs waiting' })
  await expect(row.getByTestId('rule-stats')).toContainText('per week')
  await expect(row.getByTestId('rule-stats')).toContainText('0 % correct')
  await expectAccessible(page)
  await notice.getByRole('link', { name: 'See the suggested change' }).click()
  await expect(page.getByTestId('proposal')).toContainText('Raise Threshold from 100 to 114')
})
