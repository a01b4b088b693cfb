// Why the event fired, for someone who was just woken: one sentence, then the evidence.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../../shared/domain/format.ts'
import type { Event } from '../../../../shared/schemas/event.ts'
import type { Facts } from '../../../../shared/schemas/explanation.ts'
import { client } from '../../../api/client.ts'
import { useBandText } from '../../event-parts/useBandText.ts'
import { useFormat } from '../../../ui/useFormat.ts'
import { AskModel } from './AskModel.tsx'
import { EarlierEvents, EventsAround, SeriesAround } from './WhyLists.tsx'
import classes from './why.module.css'
import text from '../../../ui/text.module.css'
import card from '../../../ui/card.module.css'

/** Needs a key per event. */
export function Why({ event }: { event: Event }) {
  const { t } = useTranslation()
  const { data, error } = useExplanation(event)
  return (
    <section className={`${card.card} ${classes.why}`} aria-labelledby="why" data-testid="why">
      <h2 id="why" className={card.title}>
        {t('why.title')}
      </h2>
      {data && (
        <>
          <p className={classes.headline} data-testid="why-headline">
            {data.headline}
          </p>
          <Stats event={event} facts={data.facts} />
          <div className={classes.lists}>
            <EventsAround events={data.facts.events_around} />
            <SeriesAround series={data.facts.series_around} />
            <EarlierEvents events={data.facts.earlier.last} />
          </div>
        </>
      )}
      {!data && error && <p className={text.muted}>{t('problem.refresh', { detail: error.message })}</p>}
      <AskModel event={event} />
    </section>
  )
}

/** The explanation hardly changes later: it is refetched if the event's status or severity changes. */
const useExplanation = ({ id, status, severity }: Event) =>
  useQuery({
    queryKey: ['explanation', id, status, severity],
    queryFn: () => client.explainEvent({ params: { event_id: id } }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

function Stats({ event, facts }: { event: Event; facts: Facts }) {
  const { t } = useTranslation()
  const stats = useStats(event, facts)
  return (
    <dl className={card.facts}>
      {stats.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`why.stat.${name}`)}</dt>
          <dd data-testid={`why-${name}`}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function useStats(event: Event, facts: Facts): ['normal' | 'hourBefore' | 'since' | 'before', ReactNode][] {
  const { t } = useTranslation()
  const format = useFormat()
  const band = useBandText()
  const { baseline, unit, hour_before, earlier } = facts
  // The stream keeps the event itself up to date.
  const lasted = formatDuration(Date.parse(event.last_seen_at) - Date.parse(facts.began_at))
  const known = [
    ...(baseline.lower === null && baseline.upper === null ? [] : [band({ ...baseline, unit })]),
    ...(baseline.samples === null ? [] : [t('why.learned', { count: baseline.samples })]),
  ].join(', ')
  const wrong = earlier.false_alarms === 0 ? '' : t('why.falseAlarms', { count: earlier.false_alarms })
  const often = t(earlier.count === 0 ? 'why.never' : 'why.times', { count: earlier.count })
  return [
    ...(known === '' ? [] : [['normal', known] as ['normal', string]]),
    ...(hour_before === null ? [] : [['hourBefore', format.value(hour_before, unit)] as ['hourBefore', string]]),
    ['since', t('why.since', { at: format.instant(facts.began_at), lasted, count: event.occurrences })],
    ['before', often + wrong],
  ]
}
