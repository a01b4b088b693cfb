// Rules: made, evaluated against what is stored, switched, changed and deleted.
import { expect, postBaseline, test } from './fixtures.ts'

test('a rule is made, previewed, switched off, changed and deleted', async ({ page, tocsin }) => {
  await postBaseline(tocsin)
  await tocsin.post({ value: 900 })
  const { client } = tocsin.host
  const ruleNamed = async (name: string) => (await client.listRules()).find((rule) => rule.name === name)
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const save = page.getByRole('button', { name: 'Save' })

  await tocsin.open(page, '/rules')
  await page.getByRole('link', { name: 'New rule' }).click()
  await page.getByRole('combobox', { name: 'Method' }).selectOption('ZSCORE')
  await field('Standard deviations').fill('0')
  await save.click()
  await expect(page.getByText('Required')).toBeVisible()
  await expect(page.getByText('More than 0')).toBeVisible()

  await field('Name').fill('Slow answers')
  await field('Source').fill('web-?')
  await field('Metric type').fill('response_time')
  await field('Standard deviations').fill('8')
  await expect(page.getByTestId('verdict')).toHaveText('It would have fired once in the last 24 hours.')
  await expect(page.getByTestId('firing')).toContainText('web-1')
  await expect(page.getByTestId('firing')).toContainText('900 ms')
  await expect(page.getByTestId('firing')).toContainText('standard deviations above the mean')

  await save.click()
  await expect(page.getByText('Is taken')).toBeVisible()
  await field('Name').fill('Slow web')
  await save.click()
  await expect(page).toHaveURL(/\/rules$/)
  expect(await ruleNamed('Slow web')).toMatchObject({ source: 'web-?', z_threshold: 8, severity: null })

  const row = page.getByTestId('rule-row').filter({ hasText: 'Slow web' })
  await expect(row).toContainText('8 standard deviations or more')
  await row.getByRole('switch').press('Space')
  await expect(row.getByRole('switch')).not.toBeChecked()
  await expect.poll(async () => (await ruleNamed('Slow web'))?.is_active).toBe(false)

  await row.getByRole('link', { name: 'Slow web' }).click()
  await field('Standard deviations').fill('9000')
  await expect(page.getByTestId('verdict')).toHaveText('It would not have fired in the last 24 hours.')
  await save.click()
  await expect(row).toContainText('9,000 standard deviations or more')
  expect(await ruleNamed('Slow web')).toMatchObject({ z_threshold: 9000, is_active: false })

  await row.getByRole('link', { name: 'Slow web' }).click()
  await page.getByRole('button', { name: 'Delete rule' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).last().click()
  expect(await ruleNamed('Slow web')).toBeDefined()
  await page.getByRole('button', { name: 'Delete rule' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete rule' }).click()
  await expect(page).toHaveURL(/\/rules$/)
  await expect(row).toHaveCount(0)
  expect(await ruleNamed('Slow web')).toBeUndefined()
})

test('the fields follow the method, and errors of the program are shown at their fields', async ({ page, tocsin }) => {
  await tocsin.open(page, '/rules/new')
  const label = (name: string) => page.getByText(name, { exact: true })
  await page.getByRole('combobox', { name: 'Method' }).selectOption('ZSCORE')
  await expect(label('Window')).toBeVisible()
  await page.getByRole('combobox', { name: 'Method' }).selectOption('THRESHOLD')
  await expect(label('Window')).toHaveCount(0)
  await expect(label('Lower')).toHaveCount(0)

  await page.getByRole('textbox', { name: 'Name' }).fill('Backlog')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('textbox', { name: 'Threshold' })).toHaveAccessibleDescription(/needs a number/)

  await page.getByRole('combobox', { name: 'Fires when the value is' }).selectOption('outside')
  await page.getByRole('textbox', { name: 'Lower' }).fill('5')
  await page.getByRole('textbox', { name: 'Upper' }).fill('2')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('textbox', { name: 'Lower' })).toHaveAccessibleDescription(/must not be above/i)
  await page.getByRole('textbox', { name: 'Upper' }).fill('20')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByTestId('rule-row').filter({ hasText: 'Backlog' })).toContainText('outside 5 to 20')
})

test('the open events of a rule are a click away', async ({ page, tocsin }) => {
  const limit = { method: 'THRESHOLD', threshold: 10 }
  await tocsin.host.client.createRule({ body: { name: 'Too many', metric_type: 'JOBS', ...limit } })
  await tocsin.host.client.createRule({ body: { name: 'Too deep', metric_type: 'DEPTH', ...limit } })
  await tocsin.post({ metric_type: 'JOBS', value: 11 })
  await tocsin.post({ source: 'db-1', metric_type: 'DEPTH', value: 12 })

  await tocsin.open(page, '/rules')
  await page.getByTestId('rule-row').filter({ hasText: 'Too deep' }).getByRole('link', { name: '1 open' }).click()
  await expect(page.getByTestId('event-row')).toHaveCount(1)
  await expect(page.getByTestId('event-row')).toContainText('DEPTH')
  await expect(page.getByRole('combobox', { name: 'Rule' })).toHaveValue(/\d/)

  await page.getByRole('combobox', { name: 'Rule' }).selectOption('Too many')
  await expect(page.getByTestId('event-row')).toHaveCount(1)
  await expect(page.getByTestId('event-row')).toContainText('JOBS')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: /^and 1 more on/ }).click()
  await expect(page.getByTestId('event-row').filter({ hasText: 'DEPTH' })).toBeVisible()
  await expect(page.getByTestId('event-row').filter({ hasText: 'JOBS' })).toBeVisible()
})

test('a half-edited rule is left only after a confirmation', async ({ page, tocsin }) => {
  await tocsin.open(page, '/rules/new')
  const nav = page.getByRole('navigation')
  const question = page.getByRole('dialog', { name: 'Discard unsaved changes?' })
  const name = page.getByRole('textbox', { name: 'Name', exact: true })

  // Nothing was written yet.
  await nav.getByRole('link', { name: 'Events' }).click()
  await expect(page).toHaveURL(/\/events$/)
  await page.goBack()
  await name.fill('Half a rule')

  await nav.getByRole('link', { name: 'Events' }).click()
  await expect(question.getByRole('button', { name: 'Keep editing' }).last()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(question).toHaveCount(0)
  await expect(name).toHaveValue('Half a rule')

  await nav.getByRole('link', { name: 'Metrics' }).click()
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(page).toHaveURL(/\/series$/)
})

test(
  'a tab with a half-edited rule closes only after a confirmation',
  { tag: '@browser' },
  async ({ page, tocsin }) => {
    await tocsin.open(page, '/rules/new')
    await page.getByRole('textbox', { name: 'Name', exact: true }).pressSequentially('Half a rule')
    const asked = page.waitForEvent('dialog')
    await page.close({ runBeforeUnload: true })
    const question = await asked
    expect(question.type()).toBe('beforeunload')
    const closed = page.waitForEvent('close')
    await question.accept()
    await closed
  },
)
