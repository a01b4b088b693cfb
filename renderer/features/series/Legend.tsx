// The legend of a comparison: lines, series and their statistics.
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { lineStyle } from '../charts/lineStyles.ts'
import { computeStatistics } from '../charts/statistics.ts'
import { MetricLabel } from '../../ui/MetricLabel.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import type { SeriesRef } from './chartedSeries.ts'
import classes from './Legend.module.css'
import type { Compared } from './useComparison.ts'

interface Props {
  compared: readonly Compared[]
  remove: (series: SeriesRef) => void
}

const STATISTICS = ['latest', 'min', 'mean', 'max'] as const

export function Legend({ compared, remove }: Props) {
  const { t } = useTranslation()
  const rows = useRef<HTMLTableSectionElement>(null)
  const removeAt = (index: number) => {
    // The button disappears; the focus moves to its neighbour.
    const buttons = rows.current?.querySelectorAll('button') ?? []
    ;(buttons[index + 1] ?? buttons[index - 1])?.focus()
    remove(compared[index]!)
  }
  return (
    <div className={classes.scroller}>
      <table className={classes.legend} aria-label={t('metrics.legend')} data-testid="legend">
        <thead>
          <tr>
            <th scope="col">{t('metrics.list')}</th>
            {STATISTICS.map((name) => (
              <th key={name} scope="col" className={classes.statistic}>
                {t(`metrics.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={rows}>
          {compared.map((each, index) => (
            <LegendRow key={each.name} compared={each} remove={() => removeAt(index)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function LegendRow({ compared: { name, source, metricType, slot, unit, history }, remove }: LegendRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const statistics = history && computeStatistics(history.points)
  const action = t('metrics.remove', { series: name })
  return (
    <tr data-testid="legend-row" data-slot={slot}>
      <th scope="row">
        <span className={classes.name}>
          <Swatch slot={slot} />
          <MetricLabel metricType={metricType} />
          <span className={classes.source}>{source}</span>
        </span>
      </th>
      {STATISTICS.map((statistic) => (
        <td key={statistic} className={classes.statistic} data-testid={statistic}>
          {statistics ? format.value(statistics[statistic], unit) : '–'}
        </td>
      ))}
      <td className={classes.remove}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={action} title={action} onClick={remove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </td>
    </tr>
  )
}

interface LegendRowProps {
  compared: Compared
  remove: () => void
}

/** A piece of the line, long enough to show its dashes. */
function Swatch({ slot }: { slot: number }) {
  const { variable, dash } = lineStyle(slot)
  return (
    <svg className={classes.swatch} width="36" height="8" aria-hidden>
      <line
        x1="0"
        y1="4"
        x2="36"
        y2="4"
        stroke={`var(${variable})`}
        strokeWidth="2.5"
        strokeDasharray={dash.join(' ')}
      />
    </svg>
  )
}
