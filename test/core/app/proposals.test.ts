// What a false alarm teaches its rule: proposed, priced, applied and undone.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RuleIn } from '../../../shared/schemas/rule.ts'
import { normalValues } from '../../../electron/core/detection/drills/drill-samples.ts'
import { randomFrom } from '../../support/random.ts'
import { eventually, START, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => void (temporary = await temporaryApp()))
afterEach(() => temporary.remove())

const STEP = 10_000
const USUAL = Array.from({ length: 40 }, (_, index) => 48 + (index % 5))

/** Every ten seconds, up to now. */
async function post(values: readonly number[]) {
  for (let from = 0; from < values.length; from += 100)
    await temporary.client.postMetricsBatch({
      body: values.slice(from, from + 100).map((value, index) => ({
        source: 'web-1',
        metric_type: 'LOAD',
        value,
        recorded_at: new Date(START + (from + index - values.length) * STEP).toISOString(),
      })),
    })
}

const QUICK = { name: 'n', resolve_seconds: 0, resolve_samples: 1 }

const makeRule = (rule: Partial<RuleIn>) =>
  temporary.client.createRule({ body: { method: 'THRESHOLD', threshold: 100, ...QUICK, ...rule } })

/** The events in the order of their coming, once there are so many. */
const events = (count: number) =>
  eventually(async () => {
    const all = await temporary.client.listEvents()
    expect(all).toHaveLength(count)
    return all.toReversed()
  })

const feedback = {
  false: (id: number) => temporary.client.markFalsePositive({ params: { event_id: id } }),
  confirmed: (id: number) => temporary.client.confirmEvent({ params: { event_id: id } }),
}

const proposalFor = (event_id: number) => temporary.client.getProposal({ params: { event_id } })

const spikes = (...peaks: number[]) => peaks.flatMap((peak) => [...USUAL, peak]).concat(USUAL)

describe('a limit', () => {
  it('is proposed just high enough not to fire, with its cost', async () => {
    await makeRule({})
    await post(spikes(104, 110, 130))
    const [, small] = await events(3)
    await feedback.false(small!.id)
    expect(await proposalFor(small!.id)).toMatchObject({
      reason: null,
      proposed: { field: 'threshold', before: 100, after: 110, firings: 3, firings_gone: 2, false_alarms: 1 },
    })
  })

  it('goes further if that removes another false alarm, but not at the cost of a confirmed event', async () => {
    await makeRule({ resolve_seconds: 3600 })
    // Nothing resolves automatically, so that people can: an hour lies between them.
    const flat = Array.from({ length: 400 }, () => 50)
    await post([110, 118, 130].flatMap((peak) => [...flat, peak]).concat(flat.slice(0, 20)))
    const [first, second, third] = await events(3)
    await feedback.false(first!.id)
    await feedback.false(second!.id)
    await feedback.confirmed(third!.id)
    const both = { after: 120, firings: 3, firings_gone: 2, false_alarms: 2, false_alarms_gone: 2, confirmed_lost: 0 }
    expect(await proposalFor(first!.id)).toMatchObject({ proposed: { ...both, confirmed: 1 } })
  })

  it('is replaced by a longer wait if a spike was high and short', async () => {
    await makeRule({ resolve_seconds: 3600 })
    const flat = Array.from({ length: 400 }, () => 50)
    const long = Array.from({ length: 30 }, () => 150)
    await post([...flat, 9000, 9000, ...flat, ...long])
    const [spike, outage] = await events(2)
    await feedback.false(spike!.id)
    await feedback.confirmed(outage!.id)
    expect(await proposalFor(spike!.id)).toMatchObject({
      proposed: {
        field: 'for_seconds',
        before: 0,
        after: 15,
        firings: 2,
        firings_gone: 1,
        confirmed: 1,
        confirmed_lost: 0,
      },
    })
  })
})

describe('each method', () => {
  it.each([
    ['ZSCORE', 'z_threshold'],
    ['MAD', 'z_threshold'],
    ['IQR', 'iqr_factor'],
    ['RATE', 'z_threshold'],
  ])('%s is widened by %s as far as its figure requires, and does not fire then', async (method, field) => {
    const rule = await makeRule({ method, min_samples: 20 })
    const random = randomFrom(7)
    const noise = () => normalValues(400, 50, 1, random)
    const spike = 57
    await post([...noise(), spike, ...noise()])
    const event = await eventually(async () => {
      const found = (await temporary.client.listEvents()).find(({ value }) => value === spike)
      expect(found).toBeDefined()
      return found
    })
    await feedback.false(event!.id)
    const { proposed } = await proposalFor(event!.id)
    expect(proposed).toMatchObject({ field, false_alarms_gone: 1, confirmed_lost: 0 })
    expect(proposed!.after).toBeGreaterThan(proposed!.before)
    // Two digits or three.
    expect(String(proposed!.after).replace(/^0\.0*|\./, '').length).toBeLessThanOrEqual(3)

    const change = await temporary.client.applyProposal({ params: { event_id: event!.id } })
    expect(change).toMatchObject({ rule_id: rule.id, who: 'ada', reason: `Event ${event!.id} was a false alarm.` })
    expect((await proposalFor(event!.id)).reason).toMatch(/^The current rule would not have fired/)
    const undone = await temporary.client.undoRuleChange({ params: { rule_id: rule.id, change_id: change.id } })
    expect(undone).toMatchObject({ z_threshold: rule.z_threshold, iqr_factor: rule.iqr_factor, params: rule.params })
  })
})

describe('nothing is proposed', () => {
  it('for missing data, for a drill, and if the rule is deleted', async () => {
    const { id } = await makeRule({})
    await post(spikes(110))
    const [event] = await events(1)
    const drill = await temporary.client.simulate({
      body: {
        source: 'web-1',
        metric_type: 'LOAD',
        baseline_mean: 50,
        baseline_std: 1,
        anomaly_value: 500,
        normal_count: 30,
      },
    })
    expect(drill).toBeDefined()
    const drilled = (await temporary.client.listEvents()).find(({ drill: isDrill }) => isDrill)
    expect(await proposalFor(drilled!.id)).toMatchObject({ proposed: null, reason: 'It was a drill.' })
    await temporary.client.deleteRule({ params: { rule_id: id } })
    expect(await proposalFor(event!.id)).toMatchObject({ proposed: null, reason: 'The rule was deleted.' })
    expect(await temporary.request({ url: '/api/anomaly/events/999/proposal' })).toMatchObject({ status: 404 })
    const refused = await temporary.request({ method: 'POST', url: `/api/anomaly/events/${event!.id}/proposal/apply` })
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('The rule was deleted.') } })
  })
})

describe('a change of a rule', () => {
  it('is recorded with who, what and why, and undone once', async () => {
    const { id: rule_id } = await makeRule({ description: 'first' })
    const params = { rule_id }
    await temporary.client.updateRule({ params, body: { threshold: 120, description: 'second', name: 'n' } })
    await temporary.client.toggleRule({ params })
    const changes = await temporary.client.listRuleChanges({ params })
    expect(changes).toMatchObject([
      { before: { is_active: true }, after: { is_active: false } },
      {
        who: 'ada',
        before: { threshold: 100, description: 'first' },
        after: { threshold: 120, description: 'second' },
        undone_at: null,
      },
    ])
    expect(changes[1]!.before, 'what stayed the same is no change').not.toHaveProperty('name')
    const undo = { params: { rule_id, change_id: changes[1]!.id } }
    expect(await temporary.client.undoRuleChange(undo)).toMatchObject({
      threshold: 100,
      description: 'first',
      is_active: false,
    })
    await expect(temporary.client.undoRuleChange(undo)).rejects.toMatchObject({ problem: { status: 409 } })
  })

  it('is not undone over another one of the same fields', async () => {
    const { id: rule_id } = await makeRule({})
    const params = { rule_id }
    await temporary.client.updateRule({ params, body: { threshold: 120 } })
    await temporary.client.updateRule({ params, body: { threshold: 130 } })
    const [, first] = await temporary.client.listRuleChanges({ params })
    await expect(temporary.client.undoRuleChange({ params: { rule_id, change_id: first!.id } })).rejects.toMatchObject({
      problem: { status: 409, errors: [{ path: 'threshold' }] },
    })
    expect((await temporary.client.listRules())[0]).toMatchObject({ threshold: 130 })
    await expect(temporary.client.undoRuleChange({ params: { rule_id, change_id: 99 } })).rejects.toMatchObject({
      problem: { status: 404 },
    })
  })

  it('that changes nothing is not written down', async () => {
    const { id: rule_id } = await makeRule({ params: { a: 1, b: 2 } })
    await temporary.client.updateRule({ params: { rule_id }, body: { threshold: 100, params: { b: 2, a: 1 } } })
    expect(await temporary.client.listRuleChanges({ params: { rule_id } })).toEqual([])
  })
})
