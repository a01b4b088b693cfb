// What a script can repeat has a limit: of each kind, the newest entries are kept.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
let ids: { event: number; rule: number }
beforeEach(async () => {
  temporary = await temporaryApp()
  const { client } = temporary
  const rule = await client.createRule({ body: { name: 'high', method: 'THRESHOLD', threshold: 90 } })
  await client.postMetric({ body: { source: 'web-1', metric_type: 'CPU', value: 99 } })
  const event = await eventually(async () => (await client.listEvents())[0]!.id)
  ids = { event, rule: rule.id }
})
afterEach(() => temporary.remove())

const rowsOf = (table: string) => {
  const database = new Database(join(temporary.dataDir, 'tocsin.db'), { readonly: true })
  try {
    return database.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
  } finally {
    database.close()
  }
}
const onEvent = (query = {}) => ({ params: { event_id: ids.event }, query })
const COMMENT = 'x'.repeat(1000)

type Act = (at: number) => Promise<unknown>[]
it.each<[what: string, table: string, most: number, act: Act]>([
  ['marks an event', 'timeline', 100, () => [temporary.client.markFalsePositive(onEvent({ comment: COMMENT }))]],
  [
    'resolves an event and takes it back',
    'timeline',
    100,
    () => [temporary.client.resolveEvent(onEvent()), temporary.client.markFalsePositive(onEvent())],
  ],
  [
    'snoozes an event and wakes it',
    'timeline',
    100,
    () => [temporary.client.snoozeEvent(onEvent({ minutes: 5 })), temporary.client.unsnoozeEvent(onEvent())],
  ],
  ['switches a rule', 'rule_changes', 200, () => [temporary.client.toggleRule({ params: { rule_id: ids.rule } })]],
  [
    'changes a rule',
    'rule_changes',
    200,
    (at) => [temporary.client.updateRule({ params: { rule_id: ids.rule }, body: { description: `no. ${at}` } })],
  ],
])('who %s ever again fills no table', async (_what, table, most, act) => {
  for (let at = 0; at < 1.2 * most; at++) await Promise.all(act(at))
  expect(rowsOf(table)).toBe(most)
})

it('a timeline that was shortened keeps its beginning and its end, and says so', async () => {
  for (let at = 1; at <= 150; at++) await temporary.client.markFalsePositive(onEvent({ comment: `no. ${at}` }))
  const { timeline } = await temporary.client.getEvent(onEvent())
  expect(timeline).toHaveLength(100)
  expect(timeline.slice(0, 3).map(({ kind, comment }) => [kind, comment])).toEqual([
    ['raised', null],
    ['false_positive', 'no. 1'],
    ['false_positive', 'no. 2'],
  ])
  expect(timeline.filter(({ kind }) => kind === 'left_out')).toMatchObject([
    { who: 'tocsin', comment: '52 lines were left out here.' },
  ])
  expect(timeline[20]).toMatchObject({ kind: 'left_out' })
  expect(timeline.slice(21).map(({ comment }) => comment)).toEqual(
    Array.from({ length: 79 }, (_, at) => `no. ${72 + at}`),
  )
})
