// The title of a chart and its time range.
import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './series.module.css'
import { WINDOWS, type Minutes } from './seriesFilter.ts'

interface Props {
  /** The title. */
  children: ReactNode
  minutes: Minutes
  show: (minutes: Minutes) => void
}

export function PanelHeader({ children, minutes, show }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.panelHead}>
      <h2 className={classes.panelTitle}>{children}</h2>
      <SegmentedControl
        aria-label={t('metrics.window')}
        data={WINDOWS.map((value) => ({ value: String(value), label: t(`metrics.windows.${value}`) }))}
        value={String(minutes)}
        onChange={(value) => show(WINDOWS.find((each) => String(each) === value) ?? minutes)}
      />
    </div>
  )
}
