// The settings, kept by the program.
import { expect, postBaseline, rowOf, test } from './fixtures.ts'

test('settings survive a restart', async ({ page, tocsin }) => {
  let shown = await tocsin.open(page, '/settings')
  const theme = () => shown.locator('html')
  await shown.getByRole('radiogroup', { name: 'Theme' }).getByText('Dark').click()
  await expect(theme()).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await shown.getByRole('switch', { name: 'Warning' }).press('Space')
  await expect(shown.getByText('Warning events notify')).toBeVisible()

  const days = () => shown.getByRole('textbox', { name: 'Sample retention (days)' })
  await days().fill('0')
  await shown.getByRole('region', { name: 'Storage' }).getByRole('button', { name: 'Save' }).click()
  await expect(shown.getByText('At least 1')).toBeVisible()
  await days().fill('14')
  await days().press('Enter')
  await expect(shown.getByText('Samples are kept for 14 days')).toBeVisible()
  await shown.getByRole('switch', { name: 'Durable writes' }).press('Space')
  await expect(shown.getByText('Every write waits for the disk', { exact: true })).toBeVisible()
  const changed = {
    durable_writes: true,
    theme: 'dark',
    notify: { INFO: false, WARNING: true, CRITICAL: true },
    retention_days: 14,
  }
  expect(await tocsin.host.client.getSettings()).toMatchObject(changed)

  // The page's own storage must not be what makes it dark again.
  await shown.evaluate(() => localStorage.clear())
  await tocsin.restart()
  shown = await tocsin.open(page, '/settings')
  await expect(theme()).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect(days()).toHaveValue('14')
  await expect(shown.getByRole('switch', { name: 'Warning' })).toBeChecked()
  await expect(shown.getByRole('switch', { name: /Durable writes/ })).toBeChecked()
  await expect(shown.getByRole('switch', { name: 'Info' })).not.toBeChecked()
})

test('retention is set by keyboard, and each field shows its error', async ({ page, tocsin }) => {
  let shown = await tocsin.open(page, '/settings')
  const field = (name: string) => shown.getByRole('textbox', { name })
  const save = () => shown.getByRole('region', { name: 'Storage' }).getByRole('button', { name: 'Save' })
  await expect(save()).toBeDisabled()
  await expect(field('Sample retention (days)')).toHaveAccessibleDescription(/after 90 days per hour/)
  await field('Sample retention (days)').focus()
  await shown.keyboard.press('ControlOrMeta+a')
  await shown.keyboard.type('40')
  await expect(field('Sample retention (days)')).toHaveAccessibleDescription(/after 120 days per hour/)
  await shown.keyboard.press('Tab')
  await shown.keyboard.press('ControlOrMeta+a')
  await shown.keyboard.type('4000')
  await shown.keyboard.press('Tab')
  await shown.keyboard.press('ControlOrMeta+a')
  await shown.keyboard.type('50')
  await expect(field('Maximum size (MB)')).toHaveAccessibleDescription(/permanently deletes the oldest history/)
  await shown.keyboard.press('Enter')
  await expect(field('History retention (days)')).toHaveAccessibleDescription(/At most 3,650/)
  await expect(field('Maximum size (MB)')).toHaveAccessibleDescription(/At least 100/)
  await expect(field('Sample retention (days)')).not.toHaveAttribute('aria-invalid')
  expect(await tocsin.host.client.getSettings()).toMatchObject({ retention_days: 30, history_days: 365 })

  await field('History retention (days)').fill('3650')
  await field('Maximum size (MB)').fill('500')
  await shown.keyboard.press('Tab')
  await shown.keyboard.press('Enter')
  await expect(shown.getByText('kept for 40 days, history for 3,650 days, in at most 500 MB')).toBeVisible()
  await expect(save()).toBeDisabled()
  const kept = { retention_days: 40, history_days: 3650, history_megabytes: 500 }
  expect(await tocsin.host.client.getSettings()).toMatchObject(kept)
  await tocsin.restart()
  shown = await tocsin.open(page, '/settings')
  await expect(field('History retention (days)')).toHaveValue('3650')
})

test('the header and the settings make one choice of theme', async ({ page, tocsin }) => {
  await tocsin.open(page, '/settings')
  await page.getByRole('banner').getByTitle('Light').click()
  await expect(page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name: 'Light' })).toBeChecked()
  await expect.poll(async () => (await tocsin.host.client.getSettings()).theme).toBe('light')
})

test('the token is hidden until it is asked for, and can be copied', async ({ page, tocsin }) => {
  const { token } = tocsin.host
  await tocsin.open(page, '/settings')
  await expect(page.getByRole('button', { name: 'Show' })).toBeVisible()
  await expect(page.getByText(token)).toHaveCount(0)
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByText(token)).toBeVisible()
  await page.getByRole('button', { name: 'Hide' }).click()
  await expect(page.getByText(token)).toHaveCount(0)

  await page.getByRole('button', { name: 'Copy: Token', exact: true }).click()
  await expect(page.getByText('Copied')).toBeVisible()
  // Read back as a person would: by pasting it somewhere.
  await page.getByRole('textbox', { name: 'Sample retention (days)' }).evaluate((input) => {
    input.addEventListener('paste', (event) =>
      Object.assign(window, { pasted: (event as ClipboardEvent).clipboardData?.getData('text/plain') }),
    )
  })
  await page.getByRole('textbox', { name: 'Sample retention (days)' }).press('ControlOrMeta+v')
  expect(await page.evaluate(() => Object.entries(window).find(([key]) => key === 'pasted')?.[1])).toBe(token)
})

test('a new token takes the place of the old one, and the page stays in', async ({ page, tocsin }) => {
  const { url, token } = tocsin.host
  const statusWith = async (known: string) =>
    (await fetch(`${url}/api/anomaly/rules`, { headers: { authorization: `Bearer ${known}` } })).status
  const shown = await tocsin.open(page, '/settings')
  await shown.getByRole('button', { name: 'Replace token' }).click()
  await shown.getByRole('button', { name: 'Cancel' }).last().click()
  expect(await statusWith(token)).toBe(200)
  await shown.getByRole('button', { name: 'Replace token' }).click()
  await shown.getByRole('button', { name: 'Replace', exact: true }).click()
  await expect(shown.getByText('Token replaced')).toBeVisible()
  expect(await statusWith(token)).toBe(401)

  await shown.getByRole('button', { name: 'Show' }).click()
  const shownToken = await shown.locator('code').first().textContent()
  expect(shownToken).toMatch(/^[\w-]{43}$/)
  expect(await statusWith(shownToken!)).toBe(200)
  // Updates from the stream go on arriving.
  await tocsin.open(page, '/events')
  for (let i = 0; i < 40; i++) await tocsin.post({ value: 50 + (i % 5) })
  await tocsin.post({ value: 900 })
  await expect(rowOf(shown, 'web-1')).toBeVisible()
})

test('the system status is shown and kept up to date', async ({ page, tocsin }) => {
  const shown = await tocsin.open(page, '/settings')
  await expect(shown.getByRole('heading', { name: 'System status' })).toBeVisible()
  const figure = (name: string) => shown.getByTestId(`health-${name}`)
  await expect(figure('incoming')).toHaveText('0 samples/s')
  await expect(figure('waiting')).toHaveText('0 samples')
  await expect(figure('evaluation')).toHaveText('none')
  await expect(figure('memory')).toHaveText(/^[\d.]+\sMiB$/)
  await expect(figure('database')).toHaveText(/^[\d.]+\s[KM]iB$/)
  await postBaseline(tocsin)
  await expect(figure('incoming')).not.toHaveText('0 samples/s', { timeout: 10_000 })
  await expect(figure('evaluation')).toHaveText(/^[\d.]+\s(µs|ms|s)$/)
  await expect(shown.getByTestId('backlog')).toHaveCount(0)
})

test('every page shows how far detection is behind', { tag: '@browser' }, async ({ page, tocsin }) => {
  // A backlog that lasts can't be had from a program that works; its own answer, with another number in it, can.
  await page.route('**/api/anomaly/health', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ json: { ...(await answer.json()), samples_waiting: 12_345 } })
  })
  await tocsin.open(page)
  for (const path of ['/', '/events', '/series', '/rules', '/simulate', '/settings']) {
    await tocsin.open(page, path)
    await expect(page.getByRole('status').filter({ hasText: 'Detection is 12,345 samples behind' })).toBeVisible()
  }
})
