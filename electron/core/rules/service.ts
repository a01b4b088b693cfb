// The operations on rules. The engine applies every change before the answer is given, and what was changed
// is written down, so that it can be undone.
import { toIso } from '../../../shared/domain/time.ts'
import type { RuleChange } from '../../../shared/schemas/rule-change.ts'
import type { RuleIn, RulePatch } from '../../../shared/schemas/rule.ts'
import { AppError, notFound, required } from '../platform/errors.ts'
import type { Clock } from '../platform/ports.ts'
import type { Store } from '../store/types/store.ts'
import type { StoredRule } from '../store/types/rules.ts'
import { differing, partOf } from './rule-diff.ts'
import { createRuleWriter, type WriterDeps } from './rule-writer.ts'
import { assertValidRule } from './validation.ts'

interface Changed {
  rule: StoredRule
  /** Null if nothing is different. */
  change: RuleChange | null
}

export interface RuleService {
  /** Throws AppError NOT_FOUND if there is no such rule. */
  get(id: number): StoredRule
  /** CONFLICT if the name is taken, INVALID if the settings can't be used; so do all that follow. */
  make(rule: RuleIn): Promise<StoredRule>
  /**
   * NOT_FOUND if there is no such rule.
   *
   * @param patchOf what to change in the rule as it is by then
   */
  change(id: number, patchOf: (rule: StoredRule) => RulePatch, reason: string): Promise<Changed>
  /** NOT_FOUND if there is no such rule. */
  remove(id: number): Promise<void>
  /** Newest first; NOT_FOUND if there is no such rule. */
  changes(id: number): RuleChange[]
  /** NOT_FOUND if there is no such change of the rule, CONFLICT if it is undone or its fields were changed since. */
  undo(id: number, changeId: number): Promise<StoredRule>
}

/** Each is asked about every new series, and keeps a state for every series that it means. */
const MAX_RULES = 500

interface Deps extends WriterDeps {
  store: WriterDeps['store'] & Pick<Store, 'rules' | 'ruleChanges'>
  clock: Clock
  /** The name of the person at this machine. */
  user: string
}

export function createRuleService({ store, clock, user, ...deps }: Deps): RuleService {
  const { rules, ruleChanges } = store
  const write = createRuleWriter({ store, ...deps })

  const existing = (id: number): StoredRule => required(rules.get(id), 'rule', id)

  const refuseTakenName = (name: string, owner?: number) => {
    const holder = rules.byName(name)
    if (holder && holder.id !== owner)
      throw new AppError('CONFLICT', `There is a rule named ${name} already.`, {
        errors: [{ path: 'name', message: 'is taken' }],
      })
  }

  /** Inside a transaction. */
  const patch = (rule: StoredRule, changed: RulePatch): StoredRule => {
    assertValidRule({ ...rule, ...changed } as StoredRule)
    if (changed.name !== undefined) refuseTakenName(changed.name, rule.id)
    return Object.keys(changed).length === 0 ? rule : rules.update(rule.id, changed, clock.now())
  }

  return {
    get: existing,
    make: (rule) =>
      write(() => {
        assertValidRule({ ...rule, threshold: rule.threshold ?? null })
        refuseTakenName(rule.name)
        if (rules.all().length >= MAX_RULES) throw new AppError('LIMIT', `The limit of ${MAX_RULES} rules is reached.`)
        return rules.insert(rule, clock.now())
      }),
    change: (id, patchOf, reason) =>
      write(() => {
        const rule = existing(id)
        const changed = differing(rule, patchOf(rule))
        const after = patch(rule, changed)
        if (Object.keys(changed).length === 0) return { rule: after, change: null }
        const change = ruleChanges.insert({
          rule_id: id,
          at: toIso(clock.now()),
          who: user,
          reason,
          before: partOf(rule, changed),
          after: partOf(after, changed),
        })
        return { rule: after, change }
      }, id),
    remove: (id) => write(() => rules.remove(existing(id).id), null),
    changes: (id) => ruleChanges.ofRule(existing(id).id),
    undo: (id, changeId) =>
      write(() => {
        const rule = existing(id)
        const change = ruleChanges.get(changeId)
        if (change?.rule_id !== id) throw notFound('change', changeId)
        if (change.undone_at) throw new AppError('CONFLICT', `Change ${changeId} is undone already.`)
        const since = Object.keys(differing(rule, change.after))
        if (since.length > 0)
          throw new AppError('CONFLICT', `The rule was changed since then: ${since.join(', ')}.`, {
            errors: since.map((path) => ({ path, message: 'was changed since then' })),
          })
        const before = patch(rule, change.before)
        ruleChanges.markUndone(changeId, toIso(clock.now()))
        return before
      }, id),
  }
}
