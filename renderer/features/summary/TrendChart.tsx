// One bar per day.
import { useComputedColorScheme } from '@mantine/core'
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip, type ChartOptions } from 'chart.js'
import { useMemo } from 'react'
import { Bar } from 'react-chartjs-2'
import { useTranslation } from 'react-i18next'
import { palettes, type Palette } from '../../ui/theme/palette.ts'
import { formatDay, type Day } from './days.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip)

export default function TrendChart({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation()
  const palette = palettes[useComputedColorScheme('light', { getInitialValueInEffect: false })]
  const locale = t('locale')
  const labels = useMemo(() => days.map(({ day }) => formatDay(day, locale)), [days, locale])
  const data = useMemo(
    () => ({
      labels,
      datasets: [
        {
          data: days.map(({ count }) => count),
          backgroundColor: palette.chartLine,
          borderRadius: 2,
          maxBarThickness: 48,
        },
      ],
    }),
    [days, labels, palette],
  )
  const options = useMemo(() => optionsOf(palette, (count) => t('summary.dayEvents', { count })), [palette, t])
  const counts = days.map(({ count }, index) => `${labels[index]}: ${count}`).join(', ')
  return <Bar data={data} options={options} aria-label={t('summary.trendIs', { days: counts })} />
}

function optionsOf(palette: Palette, write: (count: number) => string): ChartOptions<'bar'> {
  const ticks = { color: palette.chartText, font: { size: 12 } }
  return {
    animation: false,
    maintainAspectRatio: false,
    scales: {
      x: { ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 }, grid: { display: false } },
      y: {
        beginAtZero: true,
        suggestedMax: 4,
        ticks: { ...ticks, precision: 0, maxTicksLimit: 5 },
        grid: { color: palette.chartGrid },
        border: { display: false },
      },
    },
    plugins: {
      tooltip: {
        animation: false,
        displayColors: false,
        callbacks: { label: ({ parsed }) => write(parsed.y ?? 0) },
      },
    },
  }
}
