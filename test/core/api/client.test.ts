// The typed client over both ways to the same server: in memory, as on the desktop, and over HTTP, as in a browser.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { notFound } from '../../../electron/core/platform/errors.ts'
import { withFormerNames } from '../../../shared/schemas/former-names.ts'
import { CallError, createClient, type Transport } from '../../../shared/client/client.ts'
import {
  BEARER,
  exampleAnswer,
  exampleCall,
  JSON_TYPE,
  openTestServer,
  OPERATIONS,
  type TestServer,
} from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer({}, { getEvent: ({ params }) => Promise.reject(notFound('event', params.event_id)) })
})
afterAll(() => server.app.close())
beforeEach(() => {
  server.calls.length = 0
})

const inMemory: Transport = async ({ method, url, headers, body }) => {
  const payload = body === undefined ? {} : { payload: JSON.stringify(body) }
  const all = { host: 'localhost', ...BEARER, ...JSON_TYPE, ...headers }
  const answer = await server.app.inject({ method, url, headers: all, ...payload })
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
}

const overHttp: Transport = async ({ method, url, headers, body }) => {
  const all = { ...BEARER, ...(body !== undefined && JSON_TYPE), ...headers }
  const payload = body === undefined ? {} : { body: JSON.stringify(body) }
  const answer = await fetch(`http://127.0.0.1:${server.port}${url}`, { method, headers: all, ...payload })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
}

describe.each([
  ['in memory', createClient(inMemory)],
  ['over HTTP', createClient(overHttp)],
])('%s', (_where, client) => {
  test.each(OPERATIONS.filter(([name]) => name !== 'getEvent'))('%s', async (name, declared) => {
    const call = client[name] as (call: object) => Promise<unknown>
    const { answer } = declared
    const expected = answer && withFormerNames(answer, answer.parse(exampleAnswer(declared)))
    expect(await call(exampleCall(declared))).toEqual(expected)
    expect(server.calls.map((one) => one.name)).toEqual([name])
  })
  test('what is awkward arrives whole', async () => {
    const source = 'web/1 é?#&%2F'
    await client.getMetrics({ params: { source }, query: { metric_type: 'a&b=c', hours: 2 } })
    expect(server.calls[0]?.request).toEqual({
      params: { source },
      query: { metric_type: 'a&b=c', hours: 2, limit: 200 },
    })
  })
  test('what may be left out may be left out', async () => {
    await client.simulate()
    await client.listRules()
    await client.updateRule({ params: { rule_id: 1 } })
    await client.postMetric({ headers: { 'idempotency-key': 'k' }, body: { source: 'a', metric_type: 'b', value: 1 } })
    expect(server.calls.map(({ name }) => name)).toEqual(['simulate', 'listRules', 'updateRule', 'postMetric'])
    expect(server.calls[3]?.request.headers).toEqual({ 'idempotency-key': 'k' })
  })
  test('an error answer is thrown with its problem document', async () => {
    const error = await client.getEvent({ params: { event_id: 7 } }).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(CallError)
    expect((error as CallError).problem).toMatchObject({ status: 404, detail: 'There is no event 7.' })
    await expect(client.listEvents({ query: { limit: 1000 } })).rejects.toMatchObject({
      problem: { status: 422, errors: [{ path: 'limit' }] },
    })
  })
})
