// Rules: made, changed, switched and deleted. The engine hears of every change before the answer is given.
import { detectors, problemsOfJudging, type Judging } from '../detectors/registry.ts'
import { z } from 'zod'
import type { ChangeFeed } from '../delivery/changes.ts'
import { AppError, notFound } from '../errors.ts'
import type { Unwatched } from '../events/unwatched.ts'
import type { Clock } from '../ports.ts'
import type { Store, StoredRule } from '../store/store.ts'
import { given } from './given.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  store: Pick<Store, 'rules' | 'commit'>
  rulebook: { reload(): void }
  unwatched: Pick<Unwatched, 'end'>
  feed: Pick<ChangeFeed, 'publish'>
  clock: Clock
}

type RuleHandlers = Pick<
  Handlers,
  'listRules' | 'createRule' | 'updateRule' | 'toggleRule' | 'deleteRule' | 'listMethods'
>

export function ruleHandlers({ store, rulebook, unwatched, feed, clock }: Deps): RuleHandlers {
  const existing = (id: number): StoredRule => {
    const rule = store.rules.get(id)
    if (!rule) throw notFound('rule', id)
    return rule
  }

  const refuseTakenName = (name: string, owner?: number) => {
    const holder = store.rules.byName(name)
    if (holder && holder.id !== owner)
      throw new AppError(409, `There is a rule named ${name} already.`, {
        errors: [{ path: 'name', message: 'is taken' }],
      })
  }

  /**
   * The rulebook follows within the transaction, so that no sample is judged by a rule that is gone by then.
   *
   * @param ruleId whose events may be over; null where it is deleted
   */
  const change = async <T>(write: () => T, ruleId?: number | null): Promise<T> => {
    try {
      const { result, told } = await store.commit(() => {
        const result = write()
        rulebook.reload()
        return { result, told: ruleId === undefined ? [] : unwatched.end(ruleId) }
      })
      feed.publish(told)
      return result
    } catch (error) {
      rulebook.reload()
      throw error
    }
  }

  return {
    listRules: () => store.rules.all(),

    createRule: ({ body }) =>
      change(() => {
        refuseProblems({ ...body, threshold: body.threshold ?? null })
        refuseTakenName(body.name)
        return store.rules.insert(body, clock.now())
      }),

    updateRule: ({ params, body }) =>
      change(() => {
        const rule = existing(params.rule_id)
        refuseProblems({ ...rule, ...given(body) })
        if (body.name !== undefined) refuseTakenName(body.name, rule.id)
        return store.rules.update(rule.id, body, clock.now())
      }, params.rule_id),

    async toggleRule({ params }) {
      const { id, is_active } = await change(() => {
        const rule = existing(params.rule_id)
        return store.rules.update(rule.id, { is_active: !rule.is_active }, clock.now())
      }, params.rule_id)
      return { rule_id: id, is_active }
    },

    deleteRule: ({ params }) => change(() => store.rules.remove(existing(params.rule_id).id), null),

    listMethods: () =>
      detectors.map(({ method, summary, uses, params }) => ({
        method,
        summary,
        uses: [...uses],
        params: z.toJSONSchema(params, { io: 'input' }),
      })),
  }
}

/** Throws AppError 422 where the method or its settings can't be used. */
export function refuseProblems(judging: Judging): void {
  const errors = problemsOfJudging(judging)
  const first = errors[0]
  if (first) throw new AppError(422, `${first.path}: ${first.message}.`, { errors })
}
