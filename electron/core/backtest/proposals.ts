// What a false alarm teaches: of the changes of one setting that would have kept it quiet, the one that costs least. What
// each costs is found by evaluating the last weeks with it, beside the rule as it is.
import { DAY, toIso } from '../../../shared/domain/time.ts'
import type { Proposal, Proposed } from '../../../shared/schemas/proposal.ts'
import type { RuleChange } from '../../../shared/schemas/rule-change.ts'
import { rulePatch } from '../../../shared/schemas/rule.ts'
import { problemsOfSettings } from '../detectors/registry.ts'
import { AppError, required } from '../platform/errors.ts'
import type { Clock } from '../platform/ports.ts'
import type { RuleService } from '../rules/service.ts'
import type { Store } from '../store/types/store.ts'
import type { StoredEvent } from '../store/types/events.ts'
import type { StoredRule } from '../store/types/rules.ts'
import type { RunBacktest } from './backtests.ts'
import type { FeedbackEvent } from './compare.ts'
import type { EvaluationResult } from './evaluate.ts'
import type { BacktestFiring } from './backtest-firing.ts'
import { tunablesOf, withValue, type Tunable } from './tunables.ts'
import { feedbackBySeries } from './feedback.ts'

export interface Proposals {
  /** Throws AppError NOT_FOUND if there is no such event. The answer holds for as long as the rule stays as it is. */
  forEvent(eventId: number): Promise<Proposal>
  /** Changes the rule as proposed. Throws AppError NOT_FOUND for an unknown event, CONFLICT if there is nothing to change. */
  apply(eventId: number): Promise<RuleChange>
}

/** Half of it after the event, as far as there is so much. */
const SPAN = 14 * DAY
/** Series on which the rule fired, those with most firings; on others, a rule that fires less has no firings to lose. */
const MAX_SERIES = 50
/** Of all of them: some seconds, with all candidates. */
const MAX_SAMPLES = 500_000
const MAX_FIRINGS = 2000
const MAX_REMEMBERED = 20

interface Candidate {
  tunable: Tunable
  value: number
  rule: StoredRule
}

interface Deps {
  store: Pick<Store, 'events' | 'rules' | 'samples'>
  runBacktest: RunBacktest
  rules: Pick<RuleService, 'change'>
  clock: Clock
}

export function createProposals({ store, runBacktest, rules, clock }: Deps): Proposals {
  const remembered = new Map<string, Promise<Proposal>>()

  async function propose(event: StoredEvent, rule: StoredRule): Promise<Proposed | string> {
    const tunables = tunablesOf(rule)
    if (tunables.length === 0) return `${rule.method} has no setting that could be a little wider.`
    const to = Math.min(clock.now(), Date.parse(event.last_seen_at) + SPAN / 2)
    const from = to - SPAN
    const feedback = withFalse(feedbackBySeries(store.events, rule.id, from, to), event)
    const seriesIds = seriesFor(event, rule, from, to)
    const scope = { seriesIds, feedback }
    const evaluate = (rules: readonly StoredRule[]) =>
      runBacktest({ rules, ruleId: rule.id, from, to, maxFirings: MAX_FIRINGS }, scope)

    const [firings = []] = (await evaluate([rule])).firings
    const own = firings.filter((firing) => isFiringOf(event, firing))
    if (own.length === 0) return 'The current rule would not have fired, or its samples are gone.'
    const others = firings.filter(({ feedback }) => feedback === 'false')
    const candidates = tunables.flatMap((tunable) => candidatesFor(rule, tunable, own, others))
    if (candidates.length === 0) return 'It went so far that no small change of the rule would have kept it quiet.'

    const found = await evaluate([rule, ...candidates.map((each) => each.rule)])
    const [best] = candidates
      .map(({ tunable, value }, index) => ({ tunable, value, price: costOf(found, index) }))
      .filter((_, index) => !found.firings[index + 1]!.some((firing) => isFiringOf(event, firing)))
      .toSorted((one, other) => compareCost(one.price, other.price))
    if (!best) return 'No change of a single setting would have kept it quiet.'
    const { tunable, value, price } = best
    const span = { from: toIso(from), to: toIso(to) }
    return { field: tunable.field, before: tunable.value, after: value, ...span, ...price }
  }

  /** That of the event first, and no more than can be evaluated while somebody waits. */
  function seriesFor(event: StoredEvent, rule: StoredRule, from: number, to: number): number[] {
    const ids = new Set([event.series_id, ...store.events.seriesOfRule(rule.id, from, to, MAX_SERIES)])
    let samples = 0
    return [...ids].filter((id) => {
      samples += store.samples.locate(id, { from, to }, 0).samples
      return id === event.series_id || samples <= MAX_SAMPLES
    })
  }

  async function answer(event: StoredEvent, rule: StoredRule | undefined): Promise<Proposal> {
    const facts = { event_id: event.id, rule_id: event.rule_id }
    const none = (reason: string) => ({ ...facts, proposed: null, reason })
    if (event.drill) return none('It was a drill.')
    if (!rule) return none('The rule was deleted.')
    const found = await propose(event, rule)
    return typeof found === 'string' ? none(found) : { ...facts, proposed: found, reason: null }
  }

  async function forEvent(eventId: number): Promise<Proposal> {
    const event = required(store.events.get(eventId), 'event', eventId)
    const rule = event.rule_id === null ? undefined : store.rules.get(event.rule_id)
    const key = `${eventId} ${JSON.stringify(rule)} ${event.status}`
    const known = remembered.get(key) ?? answer(event, rule)
    remembered.set(key, known)
    if (remembered.size > MAX_REMEMBERED) remembered.delete(remembered.keys().next().value!)
    known.catch(() => remembered.delete(key))
    return known
  }

  return {
    forEvent,
    async apply(eventId) {
      const { rule_id, proposed, reason } = await forEvent(eventId)
      if (!proposed || rule_id === null) throw new AppError('CONFLICT', `Nothing is proposed: ${reason}`)
      const patchOf = (rule: StoredRule) => withValue(rule, proposed, proposed.after)
      const { change } = await rules.change(rule_id, patchOf, `Event ${eventId} was a false alarm.`)
      if (!change) throw new AppError('CONFLICT', 'The rule already has these values.')
      return change
    },
  }
}

const spanOf = ({ began_at, detected_at, last_seen_at }: StoredEvent): Pick<FeedbackEvent, 'from' | 'to'> => ({
  from: Date.parse(began_at ?? detected_at),
  to: Date.parse(last_seen_at),
})

/** Whoever asks takes the event for a false alarm, marked or not. */
function withFalse(feedback: Map<number, FeedbackEvent[]>, event: StoredEvent): Map<number, FeedbackEvent[]> {
  const span = spanOf(event)
  const others = feedback.get(event.series_id)?.filter(({ from, to }) => from !== span.from || to !== span.to) ?? []
  return feedback.set(event.series_id, [...others, { ...span, feedback: 'false' }])
}

function isFiringOf(event: StoredEvent, firing: BacktestFiring): boolean {
  const { from, to } = spanOf(event)
  const isOfSeries = firing.source === event.source && firing.metric_type === event.metric_type
  return isOfSeries && Date.parse(firing.began_at) <= to && Date.parse(firing.last_seen_at) >= from
}

/** What keeps this event quiet, and what does the same for the other false alarms. */
function candidatesFor(
  rule: StoredRule,
  tunable: Tunable,
  own: readonly BacktestFiring[],
  others: readonly BacktestFiring[],
): Candidate[] {
  const needed = [farthest(tunable, own), farthest(tunable, [...own, ...others])].filter((value) => value !== null)
  const values = new Set(tunable.beyond ? [...needed, ...needed.map(tunable.beyond)] : needed)
  return [...values].flatMap((value) => {
    const patch = withValue(rule, tunable, value)
    const changed = { ...rule, ...patch } as StoredRule
    const isPossible = rulePatch.safeParse(patch).success && problemsOfSettings(changed).length === 0
    return isPossible ? [{ tunable, value, rule: changed }] : []
  })
}

/** The value that keeps all of them quiet. */
function farthest(tunable: Tunable, firings: readonly BacktestFiring[]): number | null {
  let found = tunable.value
  for (const firing of firings) {
    const value = tunable.silentAt(firing)
    if (value === null) return null
    if (Math.abs(value - tunable.value) > Math.abs(found - tunable.value)) found = value
  }
  return found
}

type Cost = Omit<Proposed, 'field' | 'before' | 'after' | 'from' | 'to'>

function costOf({ tallies, comparisons }: EvaluationResult, index: number): Cost {
  const { gone, confirmed, confirmed_lost, false_alarms, false_alarms_gone } = comparisons[index]!
  return {
    firings: tallies[0]!.firings,
    firings_gone: gone,
    confirmed,
    confirmed_lost,
    false_alarms,
    false_alarms_gone,
  }
}

/** What somebody confirmed must not be lost; then, what was false should go, and as little as possible of all else. */
const compareCost = (one: Cost, other: Cost): number =>
  one.confirmed_lost - other.confirmed_lost ||
  other.false_alarms_gone - one.false_alarms_gone ||
  one.firings_gone - other.firings_gone
