// What differs between a rule and a patch of it.
import type { RulePatch } from '../../../shared/schemas/rule.ts'
import type { StoredRule } from '../store/types/rules.ts'

type Field = keyof RulePatch & keyof StoredRule

/** The fields of a patch that say something else than the rule. */
export function differing(rule: StoredRule, patch: RulePatch): RulePatch {
  const fields = Object.entries(patch).filter(
    ([field, value]) => value !== undefined && !isSame(rule[field as Field], value),
  )
  return Object.fromEntries(fields)
}

/** Params are objects, of which the order of keys means nothing. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return (one ?? null) === (other ?? null)
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<never>
  return [...keys].every((key) => isSame(one[key], other[key]))
}

/** What a rule has in the fields of a patch. */
export const partOf = (rule: StoredRule, fields: RulePatch): RulePatch =>
  Object.fromEntries(Object.keys(fields).map((field) => [field, rule[field as Field]]))
