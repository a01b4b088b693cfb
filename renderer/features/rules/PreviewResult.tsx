import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../shared/domain/format.ts'
import type { BacktestResult, FiringOut } from '../../../shared/schemas/backtest.ts'
import type { Preview } from '../../../shared/schemas/preview.ts'
import { MetricLabel } from '../../ui/MetricLabel.tsx'
import { SeverityBadge } from '../event-parts/SeverityBadge.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import text from '../../ui/text.module.css'
import classes from './rules.module.css'

const MAX_SHOWN = 20

export function PreviewResult({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const {
    firings,
    newest_firings: newest,
    series,
    series_evaluated: evaluated,
    series_truncated: cut,
    samples,
    flagged,
  } = preview
  const within = t(`rules.preview.within.${preview.hours === 24 ? 24 : 168}`)
  if (series === 0) return <p className={classes.verdict}>{t('rules.preview.noSeries')}</p>
  return (
    <>
      <output className={classes.verdict} data-testid="verdict" data-firings={firings}>
        {t(firings === 0 ? 'rules.preview.never' : 'rules.preview.fired', { count: firings, within })}
      </output>
      <p className={text.note}>
        {[
          evaluated < series
            ? t('rules.preview.someSeries', { evaluated, series })
            : t('rules.preview.series', { count: series }),
          t('rules.preview.samples', { count: samples }),
          t('rules.preview.flagged', { count: flagged }),
          ...(cut > 0 ? [t('rules.preview.truncated', { count: cut })] : []),
        ].join(' · ')}
      </p>
      <Firings firings={newest} total={firings} />
    </>
  )
}

/** In a comparison with the current rule, a firing says how it compares. */
type ShownFiring = FiringOut & Partial<Pick<BacktestResult['firings'][0], 'change' | 'feedback'>>

/** @param firings newest first */
export function Firings({ firings, total }: { firings: readonly ShownFiring[]; total: number }) {
  const { t } = useTranslation()
  return (
    <>
      <ol className={classes.firings}>
        {firings.slice(0, MAX_SHOWN).map((firing) => (
          <Firing
            key={[firing.source, firing.metric_type, firing.detected_at, firing.change].join('\n')}
            firing={firing}
          />
        ))}
      </ol>
      {total > MAX_SHOWN && <p className={text.note}>{t('rules.preview.more', { count: total - MAX_SHOWN })}</p>}
    </>
  )
}

function Firing({ firing }: { firing: ShownFiring }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { severity, source, metric_type, value, unit, detected_at, resolved_at, occurrences, reason } = firing
  return (
    <li className={classes.firing} data-testid="firing">
      <div className={classes.firingHead}>
        <SeverityBadge event={{ severity, status: 'RESOLVED' }} />
        <span className={classes.firingSeries}>
          <strong>{source}</strong> <MetricLabel metricType={metric_type} />
        </span>
        <strong>{format.value(value, unit)}</strong>
      </div>
      <div>{reason}</div>
      <div className={text.note}>
        {[
          format.instant(detected_at),
          t('rules.preview.anomalies', { count: occurrences }),
          resolved_at === null
            ? t('rules.preview.stillOpen')
            : t('rules.preview.resolved', {
                duration: formatDuration(Date.parse(resolved_at) - Date.parse(detected_at)),
              }),
          ...(firing.flapping ? [t('rules.preview.flapping')] : []),
          ...(firing.silenced_by ? [t('rules.preview.silenced')] : []),
          ...(firing.change ? [t(`rules.backtest.change.${firing.change}`)] : []),
          ...(firing.feedback ? [t(`rules.backtest.feedbackOf.${firing.feedback}`)] : []),
        ].join(' · ')}
      </div>
    </li>
  )
}
