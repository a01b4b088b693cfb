// One series in the list.
import { IconClockPause } from '@tabler/icons-react'
import type { CSSProperties, KeyboardEvent, MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Series } from '../../../shared/schemas/series.ts'
import { lineStyle } from '../charts/lineStyles.ts'
import { MetricLabel } from '../../ui/MetricLabel.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNow } from '../../ui/useNow.ts'
import classes from './series.module.css'

interface Props {
  series: Series
  index: number
  /** The number of rows. */
  of: number
  /** Pixels. */
  top: number
  /** The slot of its line on the chart; -1 if it isn't charted. */
  slot: number
  /** Whether the chart shows one series. */
  alone: boolean
  /** Whether the chart is full. */
  full: boolean
  /** Whether the row is in the tab order. */
  reachable: boolean
  onKeyDown: (event: KeyboardEvent) => void
  onFocus: () => void
  pick: () => void
  toggle: () => void
}

export const COMPARE_KEY = 'c'

const STALE_AFTER_MS = 300_000

export function SeriesRow({ series, index, of, top, reachable, onKeyDown, onFocus, pick, ...chart }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { source, metric_type, unit, last_value, last_seen, count } = series
  const { slot, alone, full, toggle } = chart
  const drawn = slot >= 0
  const stale = now - Date.parse(last_seen) > STALE_AFTER_MS
  return (
    <li
      className={classes.row}
      style={{ transform: `translateY(${top}px)`, '--line': `var(${lineStyle(slot).variable})` } as CSSProperties}
      aria-setsize={of}
      aria-posinset={index + 1}
      data-index={index}
      data-testid="series-row"
      data-source={source}
      data-metric-type={metric_type}
      data-stale={stale || undefined}
      data-drawn={drawn || undefined}
    >
      <label className={classes.compare} title={t('metrics.compareHint')}>
        <input
          type="checkbox"
          aria-label={t('metrics.compare', { series: `${metric_type}, ${source}` })}
          checked={drawn}
          disabled={full && !drawn}
          tabIndex={reachable ? 0 : -1}
          onChange={toggle}
          onFocus={onFocus}
          onKeyDown={onKeyDown}
        />
      </label>
      <button
        type="button"
        className={classes.pick}
        aria-current={(drawn && alone) || undefined}
        aria-keyshortcuts={COMPARE_KEY}
        tabIndex={reachable ? 0 : -1}
        onClick={(event) => (isMultiSelect(event) ? toggle() : pick())}
        onFocus={onFocus}
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
          <RelativeTime time={last_seen} />
        </span>
      </button>
    </li>
  )
}

/** As in file managers. */
const isMultiSelect = ({ ctrlKey, metaKey, shiftKey }: MouseEvent) => ctrlKey || metaKey || shiftKey
