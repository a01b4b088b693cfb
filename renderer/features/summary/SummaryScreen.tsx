// The first screen: what rings now, then the last hours in figures.
import { SegmentedControl, Skeleton } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CurlExample } from '../series/CurlExample.tsx'
import { Failure } from '../../ui/Failure.tsx'
import { ListSkeleton } from '../../ui/ListSkeleton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { OutdatedStrip } from '../../ui/Strip.tsx'
import { USUAL, type EventFilter } from '../events/list/filter.ts'
import type { Section } from '../events/list/sections.ts'
import { useEventList } from '../events/list/useEventList.ts'
import { useHeadline } from '../events/list/useHeadline.ts'
import { Breakdowns } from './Breakdowns.tsx'
import { Figures } from './Figures.tsx'
import { PERIODS, usePeriod } from './period.ts'
import { Ringing } from './Ringing.tsx'
import { Silent } from './Silent.tsx'
import classes from './summary.module.css'
import { Trend } from './Trend.tsx'
import { useFigures, useWatched } from './useFigures.ts'

const RINGING = { status: 'OPEN', silenced: false } as const
const EVERYTHING: EventFilter = { show: 'attention', ...USUAL, offset: 0 }

export function SummaryScreen() {
  const { t } = useTranslation()
  const { period, show } = usePeriod()
  const open = useEventList(RINGING, EVERYTHING, true)
  const figures = useFigures(period)
  const watched = useWatched().data
  const sections = useMemo((): Section[] | undefined => {
    return open.events && [{ kind: 'ringing', events: open.events }]
  }, [open.events])
  const headline = useHeadline(EVERYTHING, sections, open.more)
  const error = open.error ?? figures.error
  const unused = watched === 0 && figures.data?.total_events === 0 && open.events?.length === 0

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
        <Ringing events={open.events} more={open.more} />
      ) : (
        !error && <ListSkeleton rows={1} height={96} />
      )}
      {unused ? (
        <Notice title={t('metrics.empty.title')} text={t('metrics.empty.text')}>
          <CurlExample />
        </Notice>
      ) : figures.data ? (
        <div className={classes.grid} aria-busy={figures.isPlaceholderData}>
          <Figures summary={figures.data} period={period} />
          <Breakdowns summary={figures.data} period={period} />
          <Trend period={period} />
          <Silent />
        </div>
      ) : error ? (
        <Failure error={error} retry={() => void Promise.all([open.refetch(), figures.refetch()])} />
      ) : (
        <Skeleton height={420} />
      )}
      {figures.data && <OutdatedStrip error={error} />}
    </Page>
  )
}
