// The detectors that there are. A new one is its file and its line here.
import type { Rule } from '../../../shared/schemas/rule.ts'
import type { FieldError } from '../platform/errors.ts'
import type { Detector, DetectorDefinition, SharedSetting } from './detector.ts'
import { adaptive } from './adaptive.ts'
import { drift } from './drift.ts'
import { iqr } from './iqr.ts'
import { mad } from './mad.ts'
import { noData } from './no-data.ts'
import { rate } from './rate.ts'
import { seasonal } from './seasonal.ts'
import { threshold } from './threshold.ts'
import { zscore } from './zscore.ts'

export const detectors: readonly DetectorDefinition[] = [
  adaptive,
  threshold,
  zscore,
  iqr,
  mad,
  rate,
  seasonal,
  drift,
  noData,
]

const byMethod = new Map(detectors.map((definition) => [definition.method, definition]))

/** The part of a rule that says how to evaluate. */
export type DetectorSettings = Pick<Rule, SharedSetting | 'method' | 'params'>

/** What is wrong with a rule's method and its settings, by field; nothing where all is well. */
export function problemsOfSettings(given: DetectorSettings): FieldError[] {
  const definition = byMethod.get(given.method)
  if (!definition) return [{ path: 'method', message: `must be one of ${[...byMethod.keys()].join(', ')}` }]
  const params = definition.params.safeParse(given.params)
  if (!params.success)
    return params.error.issues.map(({ path, message }) => ({ path: ['params', ...path].join('.'), message }))
  return definition.check?.({ ...given, params: params.data }) ?? []
}

/** What only the method knows, with what holds where nothing is said. */
export const paramsOf = ({ method, params }: DetectorSettings): unknown => byMethod.get(method)?.params.parse(params)

/** One normal sample may be chance. */
const RESOLVE_SAMPLES = 3

export interface PreparedDetector {
  version: number
  /** See `DetectorDefinition.memory`. */
  memory: number
  /** See `DetectorDefinition.resolveSamples`. */
  resolveSamples: number
  /** See `DetectorDefinition.isTimerDriven`. */
  isTimerDriven: boolean
  /** See `DetectorDefinition.isLimit`. */
  isLimit: boolean
  create(state?: unknown): Detector
}

/**
 * A detector with its settings filled in, ready to be made for any number of series.
 *
 * @param given without problems, see `problemsOfSettings`
 */
export function prepareDetector(given: DetectorSettings): PreparedDetector {
  const definition = byMethod.get(given.method)
  if (!definition) throw new Error(`There is no detector ${given.method}.`)
  const settings = { ...given, params: definition.params.parse(given.params) }
  return {
    version: definition.version,
    memory: definition.memory(settings),
    resolveSamples: definition.resolveSamples ?? RESOLVE_SAMPLES,
    isTimerDriven: definition.isTimerDriven ?? false,
    isLimit: definition.isLimit ?? false,
    create: (state) => definition.create(settings, state),
  }
}
