// One series in the list.
import { IconClockPause } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Series } from '../../../shared/schemas/series.ts'
import { MetricLabel } from '../../components/MetricLabel.tsx'
import { Since } from '../../components/Since.tsx'
import { useFormat } from '../../components/useFormat.ts'
import { useNow } from '../../components/useNow.ts'
import classes from './metrics.module.css'

interface Props {
  series: Series
  index: number
  /** How many there are. */
  of: number
  /** Pixels. */
  top: number
  picked: boolean
  /** Whether the tab key reaches it. */
  reachable: boolean
  onKeyDown: (event: KeyboardEvent) => void
  pick: () => void
}

const STALE_AFTER_MS = 300_000

export function SeriesRow({ series, index, of, top, picked, reachable, onKeyDown, pick }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { source, metric_type, unit, last_value, last_seen, count } = series
  const stale = now - Date.parse(last_seen) > STALE_AFTER_MS
  return (
    <li
      className={classes.row}
      style={{ transform: `translateY(${top}px)` }}
      aria-setsize={of}
      aria-posinset={index + 1}
      data-index={index}
      data-testid="series-row"
      data-source={source}
      data-metric-type={metric_type}
      data-stale={stale || undefined}
    >
      <button
        type="button"
        className={classes.pick}
        aria-current={picked || undefined}
        tabIndex={reachable ? 0 : -1}
        onClick={pick}
        onKeyDown={onKeyDown}
      >
        <span className={classes.source}>
          <strong>{source}</strong>{' '}
          <span title={t('metrics.samples', { count })}>{t('metrics.samplesShort', { count })}</span>
        </span>
        <strong className={classes.last}>{format.value(last_value, unit)}</strong>
        <span className={classes.metric}>
          <MetricLabel metricType={metric_type} />
        </span>
        <span className={classes.seen}>
          {stale && (
            <span className={classes.stale} title={t('metrics.staleHint')}>
              <IconClockPause size={14} aria-hidden /> {t('metrics.stale')}
            </span>
          )}
          <Since time={last_seen} />
        </span>
      </button>
    </li>
  )
}
