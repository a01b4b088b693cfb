// Silences, maintenance windows, snoozes and quiet hours, as the engineer makes them.
import { expect, notNow, postBaseline, rowOf, test } from './fixtures.ts'

test('an event is silenced from its page by keyboard alone, and fires again when the silence is ended', async ({
  page,
  tocsin,
}) => {
  await postBaseline(tocsin)
  await tocsin.post({ value: 900 })
  await tocsin.open(page, '/events')
  await rowOf(page, 'web-1').getByRole('link').click()
  await expect(page.getByRole('button', { name: 'Silence…' })).toBeVisible()
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/silences\/new\?/)
  await expect(page.getByRole('textbox', { name: 'Source' })).toHaveValue('web-1')
  await expect(page.getByRole('combobox', { name: 'Rule' })).toHaveText(/Slow answers/)
  await expect(page.getByTestId('matched')).toHaveText('Matches 1 active event and 1 series.')

  await page.getByRole('textbox', { name: 'Comment' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Required')).toBeVisible()
  await page.getByRole('textbox', { name: 'Comment' }).focus()
  await page.keyboard.type('New release')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/silences$/)
  const row = page.getByTestId('silences-active').getByTestId('silence-row')
  await expect(row).toContainText('New release')
  const { client } = tocsin.host
  expect(await client.listEvents()).toMatchObject([{ silenced_by: 'silence', status: 'OPEN' }])
  await expect(page.getByTestId('open-criticals')).toHaveText('No open criticals')

  await tocsin.open(page, '/events')
  await expect(page.getByTestId('headline')).toHaveText('Nothing is firing')
  await expect(page.getByRole('region', { name: 'Silenced' }).getByTestId('silenced')).toHaveText(/^Silenced until/)

  await tocsin.open(page, '/silences')
  await page.getByRole('button', { name: 'End now: New release' }).press('Enter')
  await expect(page.getByTestId('silences-expired')).toContainText('New release')
  expect(await client.listEvents()).toMatchObject([{ silenced_by: null }])
  await expect(page.getByTestId('open-criticals')).toHaveText('1 open critical')
})

test('an event is snoozed, and the snooze is ended', async ({ page, tocsin }) => {
  await postBaseline(tocsin)
  await tocsin.post({ value: 900 })
  await tocsin.open(page, '/events')
  await rowOf(page, 'web-1').getByRole('link').click()
  await expect(page.getByRole('button', { name: 'Snooze' })).toBeEnabled()
  await page.keyboard.press('z')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'For 1 hour' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('event').getByTestId('silenced')).toHaveText(/^Snoozed until/)
  const [event] = await tocsin.host.client.listEvents()
  const hours = (Date.parse(event!.silenced_until!) - Date.now()) / 3_600_000
  expect(hours).toBeGreaterThan(3.9)
  expect(hours).toBeLessThan(4.1)
  await expect(page.getByTestId('timeline')).toContainText('Silenced')

  await page.getByRole('button', { name: 'End snooze' }).click()
  await expect(page.getByTestId('silenced')).toHaveCount(0)
  await expect(page.getByTestId('timeline')).toContainText('Silence ended')
})

test('a maintenance window is made, switched off, changed and deleted', async ({ page, tocsin }) => {
  const { client } = tocsin.host
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const save = page.getByRole('button', { name: 'Save' })
  const start = notNow('America/New_York')
  await tocsin.open(page, '/silences')
  await page.getByRole('link', { name: 'New maintenance window' }).click()
  await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue('Europe/Berlin')
  await save.click()
  await expect(page.getByText('Required')).toBeVisible()
  await field('Name').fill('Backups')
  await field('Source').fill('db-*')
  for (const day of ['Tue', 'Wed', 'Thu', 'Fri', 'Sat']) await page.getByRole('checkbox', { name: day }).uncheck()
  await page.getByLabel('Start time', { exact: true }).fill(start)
  await field('Duration (minutes)').fill('90')
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Middle/Earth')
  await save.click()
  await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveAccessibleDescription(/not a time zone/i)
  await page.getByRole('combobox', { name: 'Time zone' }).fill('America/New_York')
  await save.click()

  const row = page.getByTestId('window-row')
  await expect(row).toContainText(`Mon, Sun at ${start} for 1 h 30 min`.replace(/ (?=h|min)/g, '\u00a0'))
  await expect(row).toContainText(/Next: \d+ \w+, \d\d:15/)
  const made = { name: 'Backups', source: 'db-*', days: [1, 7], start, minutes: 90, is_active: true }
  expect(await client.listMaintenanceWindows()).toMatchObject([{ ...made, time_zone: 'America/New_York' }])

  await row.getByRole('switch').press('Space')
  await expect(row).toContainText('Disabled')
  await row.getByRole('link', { name: 'Backups' }).click()
  await field('Duration (minutes)').fill('45')
  await save.click()
  await expect(row).toContainText('Disabled')
  expect(await client.listMaintenanceWindows()).toMatchObject([{ ...made, minutes: 45, is_active: false }])

  await row.getByRole('link', { name: 'Backups' }).click()
  await page.getByRole('button', { name: 'Delete window' }).click()
  await expect(row).toHaveCount(0)
  expect(await client.listMaintenanceWindows()).toEqual([])
})

test('quiet hours are set and survive a restart', async ({ page, tocsin }) => {
  let shown = await tocsin.open(page, '/settings')
  const card = () => shown.getByRole('region', { name: 'Quiet hours' })
  await card().getByRole('switch').press('Space')
  await expect(shown.getByText('Quiet hours enabled')).toBeVisible()
  await card().getByLabel('From').fill('21:30')
  await card().getByRole('checkbox', { name: 'Sat' }).uncheck()
  await card().getByRole('button', { name: 'Save' }).click()
  await expect(shown.getByText('Quiet hours saved')).toBeVisible()
  const wanted = { on: true, days: [1, 2, 3, 4, 5, 7], from: '21:30', to: '07:00', time_zone: null }
  expect((await tocsin.host.client.getSettings()).quiet_hours).toEqual(wanted)
  await tocsin.restart()
  shown = await tocsin.open(page, '/settings')
  await expect(card().getByLabel('From')).toHaveValue('21:30')
  await expect(card().getByRole('switch')).toBeChecked()
})
