// The first page: what is firing now, then the totals of a period.
import { SegmentedControl, Skeleton } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CurlExample } from '../series/CurlExample.tsx'
import { LoadError } from '../../ui/LoadError.tsx'
import { ListSkeleton } from '../../ui/ListSkeleton.tsx'
import { PageMessage } from '../../ui/PageMessage.tsx'
import { Page } from '../../ui/Page.tsx'
import { StaleDataBanner } from '../../ui/BottomBanner.tsx'
import { NO_FILTERS, type EventFilter } from '../events/list/eventFilter.ts'
import type { Section } from '../events/list/sections.ts'
import { useEventList } from '../events/list/useEventList.ts'
import { useHeadline } from '../events/list/useHeadline.ts'
import { useSeriesCount } from '../../api/queries/useSeriesCount.ts'
import { Breakdowns } from './Breakdowns.tsx'
import { Totals } from './Totals.tsx'
import { PERIODS, usePeriod } from './period.ts'
import { FiringEvents } from './FiringEvents.tsx'
import { SilentSeries } from './SilentSeries.tsx'
import classes from './summary.module.css'
import { Trend } from './Trend.tsx'
import { REFETCH_MS, usePeriodSummary } from './usePeriodSummary.ts'

const FIRING = { status: 'OPEN', silenced: false } as const
const ALL_EVENTS: EventFilter = { show: 'attention', ...NO_FILTERS, offset: 0 }

export function SummaryScreen() {
  const { t } = useTranslation()
  const { period, show } = usePeriod()
  const open = useEventList(FIRING, ALL_EVENTS, true)
  const totals = usePeriodSummary(period)
  const watched = useSeriesCount({ refetchMs: REFETCH_MS }).data
  const sections = useMemo((): Section[] | undefined => {
    return open.events && [{ kind: 'firing', events: open.events }]
  }, [open.events])
  const headline = useHeadline(ALL_EVENTS, sections, open.more)
  const error = open.error ?? totals.error
  const unused = watched === 0 && totals.data?.total_events === 0 && open.events?.length === 0

  const periods = (
    <SegmentedControl
      aria-label={t('summary.period')}
      data={PERIODS.map((value) => ({ value: String(value), label: t(`summary.periods.${value}`) }))}
      value={String(period)}
      onChange={(value) => show(PERIODS.find((each) => String(each) === value) ?? period)}
    />
  )
  return (
    <Page title={sections ? headline : t('summary.name')} titleId="headline" aside={periods}>
      {open.events ? (
        <FiringEvents events={open.events} more={open.more} />
      ) : (
        !error && <ListSkeleton rows={1} height={96} />
      )}
      {unused ? (
        <PageMessage title={t('metrics.empty.title')} text={t('metrics.empty.text')}>
          <CurlExample />
        </PageMessage>
      ) : totals.data ? (
        <div className={classes.grid} aria-busy={totals.isPlaceholderData}>
          <Totals summary={totals.data} period={period} />
          <Breakdowns summary={totals.data} period={period} />
          <Trend period={period} />
          <SilentSeries />
        </div>
      ) : error ? (
        <LoadError error={error} retry={() => void Promise.all([open.refetch(), totals.refetch()])} />
      ) : (
        <Skeleton height={420} />
      )}
      {totals.data && <StaleDataBanner error={error} />}
    </Page>
  )
}
