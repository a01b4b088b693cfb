// THRESHOLD: a value beyond a line that a person drew.
import { z } from 'zod'
import { textsFor } from '../../../shared/texts/texts.ts'
import { NORMAL, type Detector, type DetectorDefinition, type Settings, type Verdict } from './detector.ts'

const texts = textsFor()

const thresholdParams = z.object({
  lower: z.number().optional().meta({ description: 'with the operator `outside`: the lowest value that is fine' }),
  upper: z.number().optional().meta({ description: 'with the operator `outside`: the highest value that is fine' }),
  recovery: z
    .number()
    .optional()
    .meta({ description: 'with `above` or `below`: once it fired, only a value as good as this is normal again' }),
})
type ThresholdParams = z.infer<typeof thresholdParams>

export const threshold: DetectorDefinition<ThresholdParams> = {
  method: 'THRESHOLD',
  summary: 'Above, below or outside of limits that you set. Fires from the first sample on.',
  uses: ['threshold', 'operator'],
  params: thresholdParams,
  check: problemsOf,
  isLimit: true,
  version: 1,
  memory: () => 1,
  create: (settings) => createThreshold(limitsOf(settings)),
}

interface Limits {
  lower: number | null
  upper: number | null
  /** Beyond these a value is good, but not normal yet if it comes from beyond the limit. */
  least: number
  most: number
}

/** Below the alarm line, and above the score from which on, if the rule doesn't say otherwise, it is normal again. */
const NOT_YET = 0.45

/** There is nothing to learn, and a value equal to a limit is still fine. */
function createThreshold({ lower, upper, least, most }: Limits): Detector {
  const asUsual: Verdict = { score: 0, figure: 0, lower, upper, samples: null, reason: NORMAL }
  return {
    score({ value }): Verdict {
      if (upper !== null && value > upper)
        return {
          ...asUsual,
          score: 1,
          figure: value - upper,
          reason: texts.threshold({ value, which: 'above', limit: upper }),
        }
      if (lower !== null && value < lower)
        return {
          ...asUsual,
          score: 1,
          figure: value - lower,
          reason: texts.threshold({ value, which: 'below', limit: lower }),
        }
      return value > most || value < least ? { ...asUsual, score: NOT_YET } : asUsual
    },
    learn() {},
    state: () => null,
  }
}

function limitsOf({ operator, threshold, params }: Settings<ThresholdParams>): Limits {
  const { lower = null, upper = null, recovery } = params
  const everything = { lower: null, upper: null, least: -Infinity, most: Infinity }
  if (operator === 'outside') return { ...everything, lower, upper }
  return operator === 'above'
    ? { ...everything, upper: threshold, most: recovery ?? Infinity }
    : { ...everything, lower: threshold, least: recovery ?? -Infinity }
}

function problemsOf({ operator, threshold, params }: Settings<ThresholdParams>) {
  if (operator !== 'outside') {
    if (threshold === null) return [{ path: 'threshold', message: `THRESHOLD with ${operator} needs a number here` }]
    return problemsOfRecovery(operator, threshold, params.recovery)
  }
  if (params.recovery !== undefined)
    return [{ path: 'params.recovery', message: 'goes with the operators above and below' }]
  const missing = (['lower', 'upper'] as const).filter((side) => params[side] === undefined)
  if (missing.length > 0)
    return missing.map((side) => ({ path: `params.${side}`, message: 'the operator outside needs a number here' }))
  return params.lower! > params.upper! ? [{ path: 'params.lower', message: 'must not be above params.upper' }] : []
}

function problemsOfRecovery(operator: 'above' | 'below', threshold: number, recovery = threshold) {
  const isFine = operator === 'above' ? recovery <= threshold : recovery >= threshold
  return isFine ? [] : [{ path: 'params.recovery', message: `must not be ${operator} the threshold` }]
}
