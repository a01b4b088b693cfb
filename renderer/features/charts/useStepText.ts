import { useTranslation } from 'react-i18next'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/domain/time.ts'

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND],
] as const

/** Formats the time that one point of a chart covers: `5-minute intervals`. */
export function useStepText(): (milliseconds: number) => string {
  const { t } = useTranslation()
  return (milliseconds) => {
    const [unit, length] = UNITS.find(([, length]) => milliseconds >= length) ?? UNITS[3]
    return t(`chart.step.${unit}`, { count: milliseconds / length })
  }
}
