// How incidents change, as the stream says it.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isOfEvent, type AnyChange } from '../../../shared/schemas/change.ts'
import type { Incident } from '../../../shared/schemas/incident.ts'
import { eventually, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
let received: AnyChange[]
beforeEach(async () => {
  temporary = await temporaryApp()
  await temporary.client.createRule({ body: { name: 'high', method: 'THRESHOLD', threshold: 90, severity: 'WARNING' } })
  listen()
})
afterEach(() => temporary.remove())

function listen() {
  received = []
  temporary.app.changes.subscribe((change) => received.push(change))
}

const post = (source: string, value: number) =>
  temporary.client.postMetric({ body: { source, metric_type: 'CPU', value } })
const updates = (): Incident[] => received.flatMap((change) => (isOfEvent(change) ? [] : [change.incident]))
const update = (expected: object) =>
  eventually(async () => {
    const incident = updates().at(-1)
    expect(incident).toMatchObject(expected)
    return incident!
  })

it('an incident is said once for all changes of a moment, as it is listed, and again when it changes', async () => {
  for (const source of ['db', 'api', 'web']) await post(source, 99)
  const first = await update({ status: 'OPEN', severity: 'CRITICAL', sources: 3, open: 3 })
  expect(updates()).toHaveLength(1)
  expect((await temporary.client.listIncidents()).incidents).toEqual([first])
  // More of the same changes nothing that an incident says.
  await post('db', 99)
  await temporary.client.acknowledgeIncident({ params: { incident_id: first.id } })
  await update({ id: first.id, status: 'ACKNOWLEDGED', acknowledged: 3 })
  expect(updates()).toHaveLength(2)
  const ids = received.map(({ id }) => id)
  expect(ids).toEqual(ids.toSorted((one, other) => one - other))
})

it('what waits when the program ends is said before, and goes on after the next start', async () => {
  await post('db', 99)
  await eventually(async () => expect(received).toHaveLength(1))
  await temporary.restart()
  expect(updates()).toMatchObject([{ sources: 1, open: 1 }])
  listen()
  await post('api', 99)
  await update({ sources: 2 })
})
