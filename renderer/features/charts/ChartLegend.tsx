// The legend of the chart of one series.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ChartLegend.module.css'
import { useStepText } from './useStepText.ts'

interface Props {
  /** The distance between means in milliseconds; undefined if the line shows samples. */
  step: number | undefined
  /** Replaces the note on what one point stands for. */
  note?: string | undefined
  /** Further items. */
  children?: ReactNode
}

export function ChartLegend({ step, note, children }: Props) {
  const { t } = useTranslation()
  const stepText = useStepText()
  const noteText = note ?? (step === undefined ? undefined : stepText(step))
  return (
    <ul className={classes.legend} data-testid="chart-legend">
      {step === undefined ? (
        <li data-kind="line">{t('chart.samples')}</li>
      ) : (
        <>
          <li data-kind="line">{t('chart.mean')}</li>
          <li data-kind="range">{t('chart.range')}</li>
        </>
      )}
      {children}
      {noteText !== undefined && <li className={classes.note}>{noteText}</li>}
    </ul>
  )
}

interface ItemProps {
  kind: 'band' | 'event' | 'critical'
  children: ReactNode
}

export const LegendItem = ({ kind, children }: ItemProps) => <li data-kind={kind}>{children}</li>
