// The remaining fields of an event.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../shared/domain/format.ts'
import { onsetOf } from '../../../shared/domain/onset.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { Card } from '../../ui/Page.tsx'
import card from '../../ui/card.module.css'

export function Facts({ event }: { event: Event }) {
  const { t } = useTranslation()
  const facts = useFacts(event)
  return (
    <Card title={t('event.facts')}>
      <dl className={card.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function useFacts(event: Event): [string, ReactNode][] {
  const { t } = useTranslation()
  const format = useFormat()
  const { unit, figure, server_id, rule_id, rule_name: name } = event
  const length = Date.parse(event.resolved_at ?? event.last_seen_at) - Date.parse(onsetOf(event))
  const optional: [string, ReactNode][] = [
    ...(event.peak_at === null ? [] : [[t('event.fact.peakAt'), format.instant(event.peak_at)] as [string, ReactNode]]),
    ...(event.notified_at === null
      ? []
      : [[t('event.fact.notified'), format.instant(event.notified_at)] as [string, ReactNode]]),
    ...(figure === null ? [] : [[t('event.fact.figure'), format.number(figure)] as [string, ReactNode]]),
    ...(event.confirmed_by === null
      ? []
      : [[t('event.fact.confirmed'), t('event.by', { who: event.confirmed_by })] as [string, ReactNode]]),
    ...(server_id === null ? [] : [[t('event.fact.server'), server_id] as [string, ReactNode]]),
  ]
  return [
    [t('event.fact.source'), event.source],
    [t('event.fact.metricType'), event.metric_type],
    [t('event.fact.rule'), rule_id === null ? t('event.fact.ruleDeleted', { name }) : name],
    [t('event.fact.method'), event.method],
    [t('event.fact.score'), t('event.fact.scoreValue', { score: format.number(event.score) })],
    [t('event.fact.began'), format.instant(onsetOf(event))],
    [t('event.fact.detected'), format.instant(event.detected_at)],
    [t('event.fact.lastSeen'), format.instant(event.last_seen_at)],
    [t('event.fact.lasted'), formatDuration(length)],
    [t('event.fact.count'), format.number(event.occurrences)],
    [t('event.fact.firstValue'), format.value(event.value, unit)],
    [t('event.fact.peak'), format.value(event.peak_value, unit)],
    [t('event.fact.incident'), event.incident_id],
    ...optional,
  ]
}
