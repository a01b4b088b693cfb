// THRESHOLD: a value beyond a line that a person drew.
import { z } from 'zod'
import { plain } from '../../../shared/plain.ts'
import { AS_USUAL, type Detector, type DetectorDefinition, type Settings, type Verdict } from './detector.ts'

const thresholdParams = z.object({
  lower: z.number().optional().meta({ description: 'with the operator `outside`: the lowest value that is fine' }),
  upper: z.number().optional().meta({ description: 'with the operator `outside`: the highest value that is fine' }),
})
type ThresholdParams = z.infer<typeof thresholdParams>

export const threshold: DetectorDefinition<ThresholdParams> = {
  method: 'THRESHOLD',
  summary: 'Above, below or outside of limits that you set. Rings from the first sample on.',
  uses: ['threshold', 'operator'],
  params: thresholdParams,
  check: problemsOf,
  version: 1,
  memory: () => 1,
  create: (settings) => createThreshold(limitsOf(settings)),
}

interface Limits {
  lower: number | null
  upper: number | null
}

/** There is nothing to learn, and a value equal to a limit is still fine. */
function createThreshold({ lower, upper }: Limits): Detector {
  const asUsual: Verdict = { score: 0, figure: 0, lower, upper, samples: null, reason: AS_USUAL }
  return {
    score({ value }): Verdict {
      if (upper !== null && value > upper)
        return { ...asUsual, score: 1, figure: value - upper, reason: explain(value, 'above', upper) }
      if (lower !== null && value < lower)
        return { ...asUsual, score: 1, figure: value - lower, reason: explain(value, 'below', lower) }
      return asUsual
    },
    learn() {},
    state: () => null,
  }
}

const explain = (value: number, side: 'above' | 'below', limit: number) =>
  `${plain(value)} is ${side} the limit of ${plain(limit)}.`

function limitsOf({ operator, threshold, params }: Settings<ThresholdParams>): Limits {
  if (operator === 'outside') return { lower: params.lower ?? null, upper: params.upper ?? null }
  return operator === 'above' ? { lower: null, upper: threshold } : { lower: threshold, upper: null }
}

function problemsOf({ operator, threshold, params }: Settings<ThresholdParams>) {
  if (operator !== 'outside')
    return threshold === null ? [{ path: 'threshold', message: `THRESHOLD with ${operator} needs a number here` }] : []
  const missing = (['lower', 'upper'] as const).filter((side) => params[side] === undefined)
  if (missing.length > 0)
    return missing.map((side) => ({ path: `params.${side}`, message: 'the operator outside needs a number here' }))
  return params.lower! > params.upper! ? [{ path: 'params.lower', message: 'must not be above params.upper' }] : []
}
