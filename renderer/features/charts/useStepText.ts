import { useTranslation } from 'react-i18next'

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** Says in words how much time one point of a chart stands for: `5-minute points`. */
export function useStepText(): (milliseconds: number) => string {
  const { t } = useTranslation()
  return (milliseconds) => {
    const [unit, length] = UNITS.find(([, length]) => milliseconds >= length) ?? UNITS[3]
    return t(`chart.step.${unit}`, { count: milliseconds / length })
  }
}
