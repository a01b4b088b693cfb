// How Tocsin is doing, and what it costs the machine.
import { useTranslation } from 'react-i18next'
import type { Health } from '../../../shared/schemas/health.ts'
import { Card } from '../../ui/Page.tsx'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useHealth } from '../../api/queries/useHealth.ts'
import classes from './settings.module.css'
import card from '../../ui/card.module.css'

export function SystemStatus() {
  const { t } = useTranslation()
  const { data, error } = useHealth()
  return (
    <Card title={t('settings.systemStatus')}>
      <p className={classes.note}>{t('settings.systemStatusMeans')}</p>
      {data && <StatusValues health={data} />}
      <ErrorMessage error={data ? null : error} />
    </Card>
  )
}

function StatusValues({ health }: { health: Health }) {
  const { t } = useTranslation()
  const format = useFormat()
  const within = (milliseconds: number | null) =>
    milliseconds === null ? t('settings.health.none') : format.value(milliseconds, 'ms')
  const values = {
    since: format.instant(health.running_since),
    incoming: t('settings.health.perSecond', { rate: format.number(health.samples_per_second) }),
    waiting: t('settings.health.samples', { count: health.samples_waiting }),
    series: t('settings.health.count', { count: health.series }),
    rejected: t('settings.health.posts', { count: health.rejected_posts }),
    commit: within(health.commit_p99),
    evaluation: within(health.evaluation_p99),
    compaction: within(health.compaction_p99),
    eventLoop: format.value(health.event_loop_lag_max, 'ms'),
    database: format.value(health.database_bytes, 'B'),
    check: t(`settings.health.checked.${health.integrity_check}`),
    memory: format.value(health.memory_bytes, 'B'),
  }
  return (
    <dl className={card.facts}>
      {(Object.keys(values) as (keyof typeof values)[]).map((name) => (
        <div key={name}>
          <dt>{t(`settings.health.${name}`)}</dt>
          <dd data-testid={`health-${name}`}>{values[name]}</dd>
        </div>
      ))}
    </dl>
  )
}
