// What a rule has learned of its series survives an edit that doesn't change its detection settings.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE } from '../../../shared/domain/time.ts'
import type { RuleIn, RulePatch } from '../../../shared/schemas/rule.ts'
import { eventually, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => void (temporary = await temporaryApp()))
afterEach(() => temporary.remove())

async function makeRule(rule: Partial<RuleIn>) {
  const body = { name: 'high', method: 'THRESHOLD', threshold: 90, severity: 'WARNING', ...rule } as const
  return (await temporary.client.createRule({ body })).id
}

async function post(value: number) {
  temporary.clock.advance(MINUTE)
  await temporary.client.postMetric({ body: { source: 'db', metric_type: 'CPU', value } })
  await eventually(async () => expect((await temporary.client.getHealth()).samples_waiting).toBe(0))
}

const edit = (rule_id: number, body: RulePatch) => temporary.client.updateRule({ params: { rule_id }, body })
const switchOffAndOn = async (rule_id: number) => {
  await temporary.client.toggleRule({ params: { rule_id } })
  await post(99)
  await temporary.client.toggleRule({ params: { rule_id } })
}
const events = () => temporary.client.listEvents()

const DESCRIBING: [string, RulePatch][] = [
  ['its description', { description: 'what to do' }],
  ['its name', { name: 'too high' }],
  ['its severity', { severity: 'CRITICAL' }],
  ['its recovery', { resolve_seconds: 60, recovery_score: 0.3 }],
  ['its sources', { source: 'd*' }],
]

describe.each(DESCRIBING)('a change of %s', (_, change) => {
  it('leaves a pending `for` as it is, and holds from then on', async () => {
    const id = await makeRule({ for_seconds: 300 })
    for (let minute = 0; minute < 4; minute++) await post(99)
    await edit(id, change)
    for (let minute = 0; minute < 2; minute++) await post(99)
    expect(await events()).toMatchObject([
      {
        rule_name: change.name ?? 'high',
        severity: change.severity ?? 'WARNING',
        occurrences: 6,
      },
    ])
  })

  it('leaves a false alarm known, also after a restart', async () => {
    const id = await makeRule({})
    await post(99)
    await temporary.client.markFalsePositive({ params: { event_id: (await events())[0]!.id } })
    await edit(id, change)
    await post(99)
    await temporary.restart()
    await post(99)
    expect(await events()).toHaveLength(1)
  })
})

it('a change of the detection settings starts from scratch', async () => {
  const id = await makeRule({ for_seconds: 300 })
  for (let minute = 0; minute < 4; minute++) await post(99)
  await edit(id, { threshold: 91 })
  for (let minute = 0; minute < 2; minute++) await post(99)
  expect(await events()).toEqual([])
})

it('a rule that is switched off and on goes on where it was', async () => {
  const id = await makeRule({ for_seconds: 300 })
  for (let minute = 0; minute < 4; minute++) await post(99)
  await switchOffAndOn(id)
  await post(99)
  expect(await events()).toHaveLength(1)
})

it('a changed recovery holds for the event at hand', async () => {
  const id = await makeRule({ resolve_seconds: 3600, resolve_samples: 1 })
  await post(99)
  await edit(id, { resolve_seconds: 60 })
  await post(50)
  await post(50)
  await eventually(async () => expect((await events())[0]!.status).toBe('RESOLVED'))
})

it('an edit that changes nothing changes nothing', async () => {
  const id = await makeRule({ params: { recovery: 80 } })
  const [before] = await temporary.client.listRules()
  temporary.clock.advance(MINUTE)
  expect(await edit(id, { name: 'high', threshold: 90, params: { recovery: 80 }, description: null })).toEqual(before)
  expect(await temporary.client.listRuleChanges({ params: { rule_id: id } })).toEqual([])
})
