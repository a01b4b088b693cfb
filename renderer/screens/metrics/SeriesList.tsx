// The list of series. Only what is seen is drawn, so that thousands are as quick as ten.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Series } from '../../../shared/schemas/series.ts'
import classes from './metrics.module.css'
import type { SeriesFilter } from './seriesFilter.ts'
import { SeriesRow } from './SeriesRow.tsx'

interface Props {
  series: readonly Series[]
  picked: SeriesFilter['picked']
  pick: (picked: { source: string; metricType: string }) => void
  /** Another list is on its way. */
  waiting: boolean
}

const ROW_HEIGHT = 58
const MOVES: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 10, PageUp: -10 }

export function SeriesList({ series, picked, pick, waiting }: Props) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const pickedIndex = series.findIndex((each) => isPicked(each, picked))
  /** The one row that the tab key reaches; arrows go on from there. */
  const [current, setCurrent] = useState(Math.max(0, pickedIndex))
  const rows = useVirtualizer({
    count: series.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialOffset: Math.max(0, pickedIndex - 3) * ROW_HEIGHT,
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const by = MOVES[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
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
                picked={index === pickedIndex}
                reachable={index === Math.min(current, series.length - 1)}
                onKeyDown={onKeyDown}
                pick={() => {
                  setCurrent(index)
                  pick({ source: each.source, metricType: each.metric_type })
                }}
              />
            )
          )
        })}
      </ul>
    </div>
  )
}

const isPicked = ({ source, metric_type }: Series, picked: Props['picked']) =>
  source === picked?.source && metric_type === picked.metricType

/** A row that is far away comes into being only by the scrolling. */
function focus(list: HTMLElement | null, index: number): void {
  const row = () => list?.querySelector<HTMLElement>(`[data-index="${index}"] button`)
  const near = row()
  if (near) near.focus()
  else requestAnimationFrame(() => row()?.focus())
}
