// A rule as form values, and the conversion back to the contract.
import type { Severity } from '../../../shared/schemas/event.ts'
import { ruleIn, type MethodOut, type Operator, type Rule } from '../../../shared/schemas/rule.ts'
import { paramFieldsOf, type ParamField, type ParamValue } from './methodParams.ts'

/** The value of a number field: text while it isn't a valid number. */
export type NumberFieldValue = number | string

export interface RuleValues {
  name: string
  description: string
  source: string
  metric_type: string
  method: string
  z_threshold: NumberFieldValue
  iqr_factor: NumberFieldValue
  threshold: NumberFieldValue
  operator: Operator
  min_samples: NumberFieldValue
  /** Empty: from the score. */
  severity: Severity | ''
  for_seconds: NumberFieldValue
  cooldown_seconds: NumberFieldValue
  resolve_seconds: NumberFieldValue
  /** Empty: the default of the method. */
  resolve_samples: NumberFieldValue
  recovery_score: NumberFieldValue
  is_active: boolean
  params: Record<string, ParamValue>
}

/** Params of methods with operators: those that apply to `outside`, and those that apply to the others. */
const WITH_OUTSIDE = ['lower', 'upper']
const WITH_ONE_LIMIT = ['recovery']

/** The params of the method that apply to this operator. */
export const visibleParams = (method: MethodOut, operator: Operator): ParamField[] =>
  paramFieldsOf(method).filter(
    ({ name }) =>
      !method.uses.includes('operator') || !(operator === 'outside' ? WITH_ONE_LIMIT : WITH_OUTSIDE).includes(name),
  )

/** Whether the method uses a single threshold with this operator. */
export const usesThreshold = ({ uses }: MethodOut, operator: Operator): boolean =>
  uses.includes('threshold') && !(uses.includes('operator') && operator === 'outside')

const { name: _, ...DEFAULTS } = ruleIn.parse({ name: '-', method: '-' })

/** @param rule undefined: a new one */
export function toFormValues(rule: Rule | undefined, method: string): RuleValues {
  const known = rule ?? { ...DEFAULTS, name: '', method }
  return {
    ...known,
    description: known.description ?? '',
    threshold: known.threshold ?? '',
    severity: known.severity ?? '',
    resolve_samples: known.resolve_samples ?? '',
  }
}

/**
 * To be validated by the contract's schemas. Hidden fields are left out, even if their values are invalid. An empty
 * number is null, which only optional fields accept.
 */
export function toCandidate(values: RuleValues, method: MethodOut) {
  const { name, description, source, metric_type, is_active, operator, severity } = values
  const shared = method.uses
    .filter((field) => field !== 'threshold' || usesThreshold(method, operator))
    .map((field) => [field, field === 'operator' ? operator : toNumber(values[field])])
  const params = visibleParams(method, operator).flatMap(({ name }) => {
    const value = values.params[name]
    return value === undefined || value === '' ? [] : [[name, value] as const]
  })
  return {
    name: name.trim(),
    description: description.trim() || null,
    source: source.trim(),
    metric_type: metric_type.trim(),
    method: method.method,
    ...Object.fromEntries(shared),
    severity: severity || null,
    for_seconds: toNumber(values.for_seconds),
    cooldown_seconds: toNumber(values.cooldown_seconds),
    resolve_seconds: toNumber(values.resolve_seconds),
    resolve_samples: toNumber(values.resolve_samples),
    recovery_score: toNumber(values.recovery_score),
    is_active,
    params: Object.fromEntries(params),
  }
}

const toNumber = (value: NumberFieldValue) => (typeof value === 'number' ? value : null)
