// The virtualized list of series.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Series } from '../../../shared/schemas/series.ts'
import { isFull, slotOf, type ChartSlots, type SeriesRef } from './chartedSeries.ts'
import classes from './series.module.css'
import { COMPARE_KEY, SeriesRow } from './SeriesRow.tsx'

interface Props {
  series: readonly Series[]
  drawn: ChartSlots
  /** Shows only this series on the chart. */
  pick: (series: SeriesRef) => void
  /** Adds this series to the chart, or removes it. */
  toggle: (series: SeriesRef) => void
  /** Another list is being fetched. */
  waiting: boolean
}

const ROW_HEIGHT = 58
const MOVES: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 10, PageUp: -10 }

export function SeriesList({ series, drawn, pick, toggle, waiting }: Props) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const pickedIndex = series.findIndex((each) => slotOf(drawn, toSeriesRef(each)) >= 0)
  /** The row in the tab order; arrow keys move from there. */
  const [current, setCurrent] = useState(Math.max(0, pickedIndex))
  const rows = useVirtualizer({
    count: series.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialOffset: Math.max(0, pickedIndex - 3) * ROW_HEIGHT,
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const focused = series[current]
    if (event.key === COMPARE_KEY && focused && !event.repeat) toggle(toSeriesRef(focused))
    const by = MOVES[event.key]
    if (by === undefined) return
    event.preventDefault()
    const next = Math.min(Math.max(current + by, 0), series.length - 1)
    setCurrent(next)
    rows.scrollToIndex(next)
    focus(scroller.current, next)
  }

  if (series.length === 0) return <p className={classes.none}>{t('metrics.empty.filtered')}</p>
  return (
    <div ref={scroller} className={classes.scroller} aria-busy={waiting}>
      <ul
        className={classes.rows}
        aria-label={t('metrics.list')}
        style={{ height: rows.getTotalSize() }}
        data-testid="series-list"
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const each = series[index]
          return (
            each && (
              <SeriesRow
                key={`${each.source}\n${each.metric_type}`}
                series={each}
                index={index}
                of={series.length}
                top={start}
                slot={slotOf(drawn, toSeriesRef(each))}
                alone={drawn.length === 1}
                full={isFull(drawn)}
                reachable={index === Math.min(current, series.length - 1)}
                onKeyDown={onKeyDown}
                onFocus={() => setCurrent(index)}
                pick={() => pick(toSeriesRef(each))}
                toggle={() => toggle(toSeriesRef(each))}
              />
            )
          )
        })}
      </ul>
    </div>
  )
}

const toSeriesRef = ({ source, metric_type }: Series): SeriesRef => ({ source, metricType: metric_type })

/** A distant row is rendered only after scrolling. */
function focus(list: HTMLElement | null, index: number): void {
  const row = () => list?.querySelector<HTMLElement>(`[data-index="${index}"] button`)
  const near = row()
  if (near) near.focus()
  else requestAnimationFrame(() => row()?.focus())
}
