import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../shared/format.ts'
import type { BacktestResult, RingOut } from '../../../shared/schemas/backtest.ts'
import type { Preview } from '../../../shared/schemas/preview.ts'
import { MetricLabel } from '../../ui/MetricLabel.tsx'
import { SeverityBadge } from '../event-parts/SeverityBadge.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import rows from '../../ui/Rows.module.css'
import classes from './rules.module.css'

const SHOWN = 20

export function PreviewResult({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const { rings, newest_rings: newest, series, series_judged: judged, series_cut: cut, samples, flagged } = preview
  const within = t(`rules.preview.within.${preview.hours === 24 ? 24 : 168}`)
  if (series === 0) return <p className={classes.verdict}>{t('rules.preview.noSeries')}</p>
  return (
    <>
      <output className={classes.verdict} data-testid="verdict" data-rings={rings}>
        {t(rings === 0 ? 'rules.preview.never' : 'rules.preview.rang', { count: rings, within })}
      </output>
      <p className={rows.note}>
        {[
          judged < series
            ? t('rules.preview.someSeries', { judged, series })
            : t('rules.preview.series', { count: series }),
          t('rules.preview.samples', { count: samples }),
          t('rules.preview.flagged', { count: flagged }),
          ...(cut > 0 ? [t('rules.preview.cut', { count: cut })] : []),
        ].join(' · ')}
      </p>
      <Rings rings={newest} total={rings} />
    </>
  )
}

/** What stands beside another version says how it compares. */
type ShownRing = RingOut & Partial<Pick<BacktestResult['rings'][0], 'change' | 'said'>>

/** @param rings the newest first */
export function Rings({ rings, total }: { rings: readonly ShownRing[]; total: number }) {
  const { t } = useTranslation()
  return (
    <>
      <ol className={classes.rings}>
        {rings.slice(0, SHOWN).map((ring) => (
          <Ring key={[ring.source, ring.metric_type, ring.detected_at, ring.change].join('\n')} ring={ring} />
        ))}
      </ol>
      {total > SHOWN && <p className={rows.note}>{t('rules.preview.more', { count: total - SHOWN })}</p>}
    </>
  )
}

function Ring({ ring }: { ring: ShownRing }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { severity, source, metric_type, value, unit, detected_at, resolved_at, occurrences, reason } = ring
  return (
    <li className={classes.ring} data-testid="ring">
      <div className={classes.ringHead}>
        <SeverityBadge event={{ severity, status: 'RESOLVED' }} />
        <span className={classes.ringSeries}>
          <strong>{source}</strong> <MetricLabel metricType={metric_type} />
        </span>
        <strong>{format.value(value, unit)}</strong>
      </div>
      <div>{reason}</div>
      <div className={rows.note}>
        {[
          format.instant(detected_at),
          t('rules.preview.anomalies', { count: occurrences }),
          resolved_at === null
            ? t('rules.preview.stillOpen')
            : t('rules.preview.lasted', {
                duration: formatDuration(Date.parse(resolved_at) - Date.parse(detected_at)),
              }),
          ...(ring.flapping ? [t('rules.preview.flapping')] : []),
          ...(ring.silenced_by ? [t('rules.preview.silenced')] : []),
          ...(ring.change ? [t(`rules.backtest.change.${ring.change}`)] : []),
          ...(ring.said ? [t(`rules.backtest.word.${ring.said}`)] : []),
        ].join(' · ')}
      </div>
    </li>
  )
}
