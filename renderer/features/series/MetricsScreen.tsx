// All series, and the chart of the selected ones.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { queryKeys } from '../../api/queries/queryKeys.ts'
import { CurlExample } from './CurlExample.tsx'
import { LoadError } from '../../ui/LoadError.tsx'
import { ListSkeleton } from '../../ui/ListSkeleton.tsx'
import { PageMessage } from '../../ui/PageMessage.tsx'
import { Pagination } from '../../ui/Pagination.tsx'
import { SearchInput } from '../../ui/SearchInput.tsx'
import { StaleDataBanner } from '../../ui/BottomBanner.tsx'
import { ComparisonPanel } from './ComparisonPanel.tsx'
import { occupiedSlots, toggleSeries, type SeriesRef } from './chartedSeries.ts'
import classes from './series.module.css'
import { PAGE, type Minutes, type SeriesFilter } from './seriesFilter.ts'
import { SeriesList } from './SeriesList.tsx'
import { SeriesPanel } from './SeriesPanel.tsx'
import { useSeriesFilter } from './useSeriesFilter.ts'

export function Component() {
  const { t } = useTranslation()
  const { filter, change } = useSeriesFilter()
  const { data, error, refetch, isPlaceholderData } = useSeriesPage(filter)
  const drawn = occupiedSlots(filter.drawn)
  const [first] = drawn
  const toggle = (series: SeriesRef) => change({ drawn: toggleSeries(filter.drawn, series) })
  const shown = { minutes: filter.minutes, show: (minutes: Minutes) => change({ minutes }) }
  const narrowed = Boolean(filter.source || filter.metricType)

  if (data?.length === 0 && !narrowed && filter.offset === 0) return <NoSeries />
  return (
    <div className={classes.screen}>
      <section className={classes.side} aria-label={t('metrics.list')}>
        <h1 className={classes.title}>{t('metrics.name')}</h1>
        <search aria-label={t('metrics.filter')} className={classes.filters}>
          <SearchInput
            label={t('metrics.source')}
            hint={t('metrics.anyPart')}
            value={filter.source}
            change={(source) => change({ source, offset: 0 })}
          />
          <SearchInput
            label={t('metrics.metricType')}
            hint={t('metrics.anyPart')}
            value={filter.metricType}
            change={(metricType) => change({ metricType, offset: 0 })}
          />
        </search>
        {data ? (
          <SeriesList
            key={filter.offset}
            series={data.slice(0, PAGE)}
            drawn={filter.drawn}
            pick={(series) => change({ drawn: [series] })}
            toggle={toggle}
            waiting={isPlaceholderData}
          />
        ) : error ? (
          <LoadError error={error} retry={() => void refetch()} />
        ) : (
          <ListSkeleton rows={10} height={40} />
        )}
        <Pagination
          label={t('metrics.paging')}
          previous={t('metrics.previous')}
          next={t('metrics.next')}
          offset={filter.offset}
          page={PAGE}
          more={(data?.length ?? 0) > PAGE}
          go={(offset) => change({ offset })}
        />
        {data && <StaleDataBanner error={error} />}
      </section>
      {first && drawn.length === 1 && <SeriesPanel series={first} leave={() => change({ drawn: [] })} {...shown} />}
      {drawn.length > 1 && <ComparisonPanel series={drawn} remove={toggle} {...shown} />}
      {!first && <PageMessage title={t('metrics.pick')} />}
    </div>
  )
}

const REFETCH_MS = 5000

/** Fetches one series more than a page, to know whether there is a next page. */
const useSeriesPage = ({ source, metricType, offset }: SeriesFilter) =>
  useQuery({
    queryKey: [...queryKeys.series, source, metricType, offset],
    queryFn: () =>
      client.listSeries({
        query: { source: source || undefined, metric_type: metricType || undefined, limit: PAGE + 1, offset },
      }),
    placeholderData: keepPreviousData,
    refetchInterval: REFETCH_MS,
  })

function NoSeries() {
  const { t } = useTranslation()
  return (
    <PageMessage alone title={t('metrics.empty.title')} text={t('metrics.empty.text')}>
      <CurlExample />
    </PageMessage>
  )
}
