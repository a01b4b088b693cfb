// How the drill's last value scored against the samples before it.
import { useTranslation } from 'react-i18next'
import type { SimulationOut } from '../../../shared/schemas/simulation.ts'
import { useBandText } from '../event-parts/useBandText.ts'
import { useFormat } from '../../ui/useFormat.ts'
import classes from './simulate.module.css'
import card from '../../ui/card.module.css'

/** The reason that a detector gives while its baseline is too short. */
const TOO_FEW = 'insufficient_data'

export function DetectionResult({ result: { detection } }: { result: SimulationOut }) {
  const { t } = useTranslation()
  const format = useFormat()
  const band = useBandText()
  const {
    current_value: value,
    unit,
    is_anomaly,
    reason,
    score,
    figure,
    history_count: count,
    method,
    severity,
  } = detection
  const tooFew = reason === TOO_FEW
  const facts = [
    [
      t('simulate.detection.value'),
      `${format.value(value, unit || null)}, ${band({ ...detection, unit: unit || null })}`,
    ],
    [
      t('simulate.detection.figure'),
      figure === null ? '–' : t('simulate.detection.figureValue', { figure: format.number(figure), method }),
    ],
    [t('event.fact.score'), t('event.fact.scoreValue', { score: format.number(score) })],
    [t('simulate.detection.baseline'), t('simulate.detection.samples', { count })],
    ...(severity ? [[t('simulate.detection.severity'), t(`severity.${severity}`)]] : []),
  ]
  return (
    <>
      <p className={classes.verdict}>
        {t(
          tooFew
            ? 'simulate.detection.tooFew'
            : is_anomaly
              ? 'simulate.detection.anomaly'
              : 'simulate.detection.normal',
        )}
      </p>
      {is_anomaly && <p>{reason}</p>}
      <dl className={card.facts}>
        {facts.map(([name, fact]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
