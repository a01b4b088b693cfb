// The settings by which each method can be made less eager, and how far each would have to go to keep an event quiet:
// that follows from how far its anomalies went.
import type { Rule, RulePatch } from '../../../shared/schemas/rule.ts'
import { ratioOf } from '../detectors/detector.ts'
import { paramsOf, type DetectorSettings } from '../detectors/registry.ts'
import type { BacktestFiring } from './backtest-firing.ts'

export interface Tunable {
  /** A field of the rule; `params.…` for what only its method knows. */
  field: string
  value: number
  /** The smallest change that keeps the given firings silent, rounded for display; null if none is sensible. */
  silentAt(firing: BacktestFiring): number | null
  /** What to try beyond that, if a figure may be too low. */
  beyond?(value: number): number
}

type TunablesOf = (rule: DetectorSettings, params: Record<string, number | undefined>) => Tunable[]

/** A setting so many times as wide would hardly be the same rule. */
const MAX_TIMES = 10

/** ADAPTIVE limits the score of a young series: confidence takes some thousand samples. */
const CAPPED = 2

/** Nobody waits longer than this before a rule fires. */
const WAITS = [15, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800]

const zThreshold: TunablesOf = ({ z_threshold }) => [times('z_threshold', z_threshold, ratioOf)]

/** NO_DATA has none: how long a silence was is known only when it is over. */
const BY_METHOD: Record<string, TunablesOf> = {
  THRESHOLD: limits,
  ZSCORE: zThreshold,
  MAD: zThreshold,
  SEASONAL: zThreshold,
  IQR: ({ iqr_factor }) => [times('iqr_factor', iqr_factor, ratioOf)],
  RATE: rateTunables,
  ADAPTIVE: (_, { sensitivity }) => [
    times('params.sensitivity', sensitivity!, (firing) => 1 / ratioOf(firing), 1 / CAPPED),
  ],
  // Its figure is the size of the change, in the unit of the setting; what is half as large as that adds up to nothing.
  DRIFT: (_, { shift }) => [
    times('params.shift', shift!, ({ figure }) => Math.max(1, (2 * Math.abs(figure)) / shift!)),
  ],
}

/** That of the method first. */
export function tunablesOf(rule: DetectorSettings & Pick<Rule, 'for_seconds'>): Tunable[] {
  const tunables = BY_METHOD[rule.method]?.(rule, paramsOf(rule) as Record<string, number | undefined>) ?? []
  return tunables.length === 0 ? [] : [...tunables, wait(rule)]
}

/** The change of a rule that gives a tunable another value. */
export function withValue(
  { params }: Pick<Rule, 'params'>,
  { field }: Pick<Tunable, 'field'>,
  value: number,
): RulePatch {
  const [, param] = field.split('params.')
  return param ? { params: { ...params, [param]: value } } : { [field]: value }
}

/** A setting that is multiplied; what lies exactly on the line still fires. */
function times(field: string, value: number, factorOf: (firing: BacktestFiring) => number, further?: number): Tunable {
  return {
    field,
    value,
    silentAt(firing) {
      const factor = factorOf(firing)
      if (!(Math.max(factor, 1 / factor) <= MAX_TIMES)) return null
      const isUp = factor >= 1
      return roundForDisplay(value * factor * (isUp ? 1 + 1e-6 : 1 - 1e-6), isUp ? 1 : -1)
    },
    ...(further && { beyond: (value: number) => roundForDisplay(value * further, further > 1 ? 1 : -1) }),
  }
}

function rateTunables(rule: DetectorSettings, { rise, fall }: Record<string, number | undefined>): Tunable[] {
  if (rise === undefined && fall === undefined) return zThreshold(rule, {})
  return [
    ...limit('params.rise', rise, ({ figure }) => figure, 1),
    ...limit('params.fall', fall, ({ figure }) => -figure, 1),
  ]
}

const peak = ({ peak_value }: BacktestFiring) => peak_value

function limits(
  { operator, threshold }: DetectorSettings,
  { lower, upper }: Record<string, number | undefined>,
): Tunable[] {
  if (operator === 'above') return limit('threshold', threshold, peak, 1)
  if (operator === 'below') return limit('threshold', threshold, peak, -1)
  return [...limit('params.upper', upper, peak, 1), ...limit('params.lower', lower, peak, -1)]
}

/** A limit in the unit of what is evaluated; what lies exactly on it is fine. */
function limit(
  field: string,
  value: number | null | undefined,
  farthest: (firing: BacktestFiring) => number,
  side: 1 | -1,
): Tunable[] {
  if (value === null || value === undefined) return []
  const silentAt = (firing: BacktestFiring) => {
    const needed = farthest(firing)
    return (needed - value) * side > 0 ? roundForDisplay(needed, side) : null
  }
  return [{ field, value, silentAt }]
}

/** For what is over soon. */
const wait = ({ for_seconds }: Pick<Rule, 'for_seconds'>): Tunable => ({
  field: 'for_seconds',
  value: for_seconds,
  silentAt({ began_at, last_seen_at }) {
    const lasted = (Date.parse(last_seen_at) - Date.parse(began_at)) / 1000
    return WAITS.find((seconds) => seconds > lasted && seconds > for_seconds) ?? null
  },
})

/** Two digits if they are within 5 %, else three; rounded away from what must not fire: 3.6813 → 3.7. */
function roundForDisplay(value: number, side: 1 | -1): number {
  const rounded = (digits: number) => {
    const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - digits)
    const steps = side > 0 ? Math.ceil(value / step) : Math.floor(value / step)
    return Number((steps * step).toPrecision(12))
  }
  if (value === 0) return 0
  const [short, long] = [rounded(2), rounded(3)]
  return Math.abs(short - value) <= Math.abs(value) / 20 ? short : long
}
