// The remaining fields of an event.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../shared/domain/format.ts'
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
  const length = Date.parse(event.last_seen_at) - Date.parse(event.detected_at)
  const optional: [string, ReactNode][] = [
    ...(figure === null ? [] : [[t('event.fact.figure'), format.number(figure)] as [string, ReactNode]]),
    ...(server_id === null ? [] : [[t('event.fact.server'), server_id] as [string, ReactNode]]),
  ]
  return [
    [t('event.fact.source'), event.source],
    [t('event.fact.metricType'), event.metric_type],
    [t('event.fact.rule'), rule_id === null ? t('event.fact.ruleDeleted', { name }) : name],
    [t('event.fact.method'), event.method],
    [t('event.fact.score'), t('event.fact.scoreValue', { score: format.number(event.score) })],
    [t('event.fact.firstSeen'), format.instant(event.detected_at)],
    [t('event.fact.lastSeen'), format.instant(event.last_seen_at)],
    [t('event.fact.lasted'), formatDuration(length)],
    [t('event.fact.count'), format.number(event.occurrences)],
    [t('event.fact.peak'), format.value(event.peak_value, unit)],
    [t('event.fact.incident'), event.incident_id],
    ...optional,
  ]
}
