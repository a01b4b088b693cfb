// The long history of a series: means with their range, of the same series that is drawn sample by sample when near.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import { DAY, HOUR, SECOND } from '../../shared/domain/time.ts'
import { expect, test, type Tocsin } from './fixtures.ts'

/** Samples of a disk's use, evenly apart, the last of them now: 40 to 49 and once 90, two thirds of the way. */
async function postLong({ host }: Tocsin, source: string, count: number, stepMs: number) {
  const now = Date.now()
  const samples = Array.from({ length: count }, (_, index) => ({
    source,
    metric_type: 'DISK',
    unit: '%',
    value: index === Math.floor((count * 2) / 3) ? 90 : 40 + (index % 10),
    recorded_at: new Date(now - (count - 1 - index) * stepMs).toISOString(),
  }))
  for (let from = 0; from < count; from += 100)
    await host.client.postMetricsBatch({ body: samples.slice(from, from + 100) })
}

const chartOf = (page: Page) => page.getByTestId('series-chart')
const windows = (page: Page) => page.getByRole('radiogroup', { name: 'Time range' })
const figure = (page: Page, name: string) => page.getByTestId(name)

async function axeFindsNothing(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  }
}

test('too many samples are drawn as means with their range, live', async ({ page, tocsin }) => {
  await postLong(tocsin, 'disk-1', 2400, 30 * SECOND)
  const shown = await tocsin.open(page, '/series?series_source=disk-1&series=DISK&minutes=1440')
  const legend = shown.getByTestId('chart-legend')
  await expect(chartOf(shown)).toHaveAttribute('data-step', /^\d+$/)
  await expect(legend).toHaveText(/^MeanMin to max\d+-minute intervals$/)
  const points = Number(await chartOf(shown).getAttribute('data-points'))
  expect(points).toBeGreaterThan(200)
  expect(points).toBeLessThan(1000)
  const canvas = chartOf(shown).getByRole('img')
  await expect(canvas).toHaveAccessibleName(
    /mean and range of 2,400 samples, \d-minute intervals, from 40\s%\sto\s90\s%/,
  )
  await expect(figure(shown, 'max')).toHaveText(/^90\s%$/)
  await axeFindsNothing(shown)

  // The newest sample is there at once, though it is one of many in its slice.
  await tocsin.post({ source: 'disk-1', metric_type: 'DISK', unit: '%', value: 12 })
  await expect(figure(shown, 'latest')).toHaveText(/^12\s%$/)
  await expect(figure(shown, 'min')).toHaveText(/^12\s%$/)

  // By keyboard nearer, until all are drawn one by one.
  await windows(shown).getByRole('radio', { name: '24 h' }).focus()
  await shown.keyboard.press('ArrowLeft')
  await expect(windows(shown).getByRole('radio', { name: '6 h' })).toBeChecked()
  await shown.keyboard.press('ArrowLeft')
  await expect(chartOf(shown)).not.toHaveAttribute('data-step')
  await expect(canvas).toHaveAccessibleName(/1\d\d samples from/)
  await expect(legend).toHaveCount(0)
})

test('a year is drawn, and the URL keeps it', async ({ page, tocsin }) => {
  await tocsin.host.client.updateSettings({ body: { retention_days: 365 } })
  await postLong(tocsin, 'disk-1', 1200, 6 * HOUR)
  const shown = await tocsin.open(page, '/series?series_source=disk-1&series=DISK')
  await windows(shown).getByText('1 y', { exact: true }).click()
  await expect(shown).toHaveURL(/minutes=525600/)
  await expect(chartOf(shown).getByRole('img')).toHaveAccessibleName(/last 1 y: mean and range of 1,200 samples/)
  await shown.reload()
  await expect(figure(shown, 'max')).toHaveText(/^90\s%$/)

  await windows(shown).getByText('90 d', { exact: true }).click()
  await expect(chartOf(shown)).toHaveAttribute('data-points', /^3[56]\d$/)
  await expect(chartOf(shown)).not.toHaveAttribute('data-step')
  await windows(shown).getByText('10 y', { exact: true }).click()
  await expect(chartOf(shown)).toHaveAttribute('data-step', String(10 * DAY))
})

test('long series are compared by their means', async ({ page, tocsin }) => {
  await postLong(tocsin, 'disk-1', 2400, 30 * SECOND)
  await postLong(tocsin, 'disk-2', 100, 30 * SECOND)
  const both = 'series_source=disk-1&series=DISK&series_source=disk-2&series=DISK'
  const shown = await tocsin.open(page, `/series?${both}&minutes=1440`)
  await expect(shown.getByTestId('chart-notes')).toHaveText(
    /^Lines with too many samples show means \(\d-minute intervals\)/,
  )
  const rows = shown.getByTestId('legend-row')
  await expect(rows.first().getByTestId('max')).toHaveText(/^90\s%$/)
  await expect(chartOf(shown).getByRole('img')).toHaveAccessibleName(/2,400 samples.*100 samples/)
  await axeFindsNothing(shown)
})

test('a long event is drawn among means', async ({ page, tocsin }) => {
  const rule = { name: 'In use', source: 'disk-*', method: 'THRESHOLD', threshold: 35, severity: 'WARNING' } as const
  const { id: rule_id } = await tocsin.host.client.createRule({ body: rule })
  await postLong(tocsin, 'disk-1', 5400, 10 * SECOND)
  const events = () => tocsin.host.client.listEvents({ query: { rule_id, limit: 1 } })
  await expect.poll(async () => (await events())[0]?.occurrences).toBe(5400)
  const [event] = await events()
  const shown = await tocsin.open(page, `/events/${event!.id}`)
  await expect(shown.getByTestId('chart-legend')).toHaveText(/^MeanMin to maxExpected bandEvent\d+-minute intervals$/)
  await expect(chartOf(shown).getByRole('img')).toHaveAccessibleName(/mean and range of 5,400 samples/)
  await axeFindsNothing(shown)
})
