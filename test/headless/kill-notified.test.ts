// kill -9 of a host that notifies: every event that is still open is notified by this run or the next one. What is
// promised is at least once: only a kill between notifying and storing that leads to a second notification.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryFolder, type RunningHost } from '../support/host-process.ts'
import { MINUTE, toIso } from '../../shared/domain/time.ts'
import { start } from './kill/host.ts'
import type { PointName } from './kill/points.ts'

let folder: ReturnType<typeof temporaryFolder>
let living: ReturnType<typeof start> | undefined
beforeEach(() => void (folder = temporaryFolder()))
afterEach(() => {
  living?.child.kill('SIGKILL')
  folder.remove()
})

const path = (name: string) => join(folder.path, name)
const program = join(import.meta.dirname, 'kill/notifying-host.ts')
const begin = (given: { point: PointName; time: number } | undefined) =>
  (living = start({
    program,
    dataDir: path('data'),
    ...(given && { hurried: true, order: { ...given, note: path('killed-at') } }),
  }))

const SOURCES = ['one', 'two', 'three', 'at last']

/** Long enough that each source is an incident of its own. */
const BEGIN = Date.now() - SOURCES.length * 20 * MINUTE
const timeOf = (source: string) => toIso(BEGIN + SOURCES.indexOf(source) * 20 * MINUTE)

const post = ({ client }: RunningHost, source: string) =>
  client.postMetric({
    body: { source, metric_type: 'LEVEL', value: 99, recorded_at: timeOf(source) },
    headers: { 'idempotency-key': source },
  })

/** The host comes to its point when the source fires, or before. */
async function killedAt(point: PointName, time: number, source: string) {
  const { ready, ended } = begin({ point, time })
  // It may die before it answers: then this is posted again in the end.
  await post((await ready)!, source).catch(() => {})
  expect(await ended).toBe('SIGKILL')
  expect(readFileSync(path('killed-at'), 'utf8')).toBe(point)
}

const notified = () => readFileSync(path('notified'), { encoding: 'utf8', flag: 'a+' }).split('\n').slice(0, -1)

it('an event that was not notified before a kill is notified after it', async () => {
  const first = (await begin(undefined).ready)!
  for (const { id } of await first.client.listRules()) await first.client.deleteRule({ params: { rule_id: id } })
  const body = { name: 'High', method: 'THRESHOLD', threshold: 90, severity: 'CRITICAL' } as const
  await first.client.createRule({ body })
  await first.stop()

  await killedAt('after the commit of an event, before the notification', 1, 'one')
  expect(notified()).toEqual([])
  // A start stores what was notified once, so that the next time is after a notification.
  await killedAt('between a notification and the mark that it was shown', 2, 'two')
  expect(notified()).toEqual(['one'])
  await killedAt('after the mark that a notification was shown', 2, 'three')
  expect(notified()).toEqual(['one', 'one'])

  const last = (await begin(undefined).ready)!
  for (const source of SOURCES) await post(last, source)
  await expect.poll(() => notified().toSorted(), { timeout: 20_000 }).toEqual([...SOURCES, 'one'].toSorted())
  await last.stop()
}, 120_000)
