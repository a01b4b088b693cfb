import { useTranslation } from 'react-i18next'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/domain/time.ts'

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND],
] as const

/** Says in words how much time one point of a chart stands for: `5-minute points`. */
export function useStepText(): (milliseconds: number) => string {
  const { t } = useTranslation()
  return (milliseconds) => {
    const [unit, length] = UNITS.find(([, length]) => milliseconds >= length) ?? UNITS[3]
    return t(`chart.step.${unit}`, { count: milliseconds / length })
  }
}
