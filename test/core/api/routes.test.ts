import { describe, expect, test } from 'vitest'
import { AppError, invalidField, notFound } from '../../../electron/core/platform/errors.ts'
import { problem } from '../../../shared/schemas/problem.ts'
import { BEARER, JSON_TYPE, openTestServer, shareTestServer, type TestServer } from './test-server.ts'

let server: TestServer
shareTestServer((opened) => (server = opened))

const get = (path: string) => server.ask({ path, headers: BEARER })
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  server.ask({ method: 'POST', path, headers: { ...BEARER, ...JSON_TYPE, ...headers }, body: JSON.stringify(body) })

async function problemOf(answer: ReturnType<typeof get>, status: number) {
  const { status: given, json } = await answer
  expect(given).toBe(status)
  return problem.parse(json())
}

const sample = { source: 'a', metric_type: 'CPU', value: 1 }

describe('what a handler gets', () => {
  test('exactly the declared parts, with defaults filled in', async () => {
    await get('/api/anomaly/events?status=open&unknown=1')
    await post('/api/anomaly/metrics', { ...sample, extra: true }, { 'idempotency-key': 'k' })
    await get('/api/anomaly/rules')
    await get('/api/anomaly/events/42')
    expect(server.calls).toEqual([
      { name: 'listEvents', request: { query: { status: 'OPEN', hours: 72, limit: 50, offset: 0 } } },
      { name: 'postMetric', request: { headers: { 'idempotency-key': 'k' }, body: sample } },
      { name: 'listRules', request: {} },
      { name: 'getEvent', request: { params: { event_id: 42 } } },
    ])
  })
  test.each(['web/1 é', 'a%2Fb', '..', 'x'.repeat(256), '日'.repeat(256), '?#&=;:,+"', '🔔'.repeat(128)])(
    'a path value arrives whole: %s',
    async (source) => {
      expect((await get(`/api/anomaly/metrics/${encodeURIComponent(source).replace('..', '%2E%2E')}`)).status).toBe(200)
      expect(server.calls[0]?.request.params).toEqual({ source })
    },
  )
  test('one that is too long is the schema’s to refuse', async () => {
    const { errors } = await problemOf(
      get(`/api/anomaly/metrics/${'日'.repeat(257)}`.replaceAll('日', '%E6%97%A5')),
      422,
    )
    expect(errors).toMatchObject([{ path: 'source' }])
  })
})

describe('queries', () => {
  test.each(['1', '168', '24'])('hours=%s is a number', async (hours) => {
    await get(`/api/anomaly/metrics/a?hours=${hours}`)
    expect(server.calls[0]?.request.query).toMatchObject({ hours: Number(hours) })
  })
  test.each(['', '0x10', '1e1', '1.5', '0', '-1', '169', '%201', '%31%20', 'NaN', 'Infinity', 'ten', '%D9%A3'])(
    'hours=%s is refused',
    async (hours) => {
      const { errors } = await problemOf(get(`/api/anomaly/metrics/a?hours=${hours}`), 422)
      expect(errors).toMatchObject([{ path: 'hours' }])
      expect(server.calls).toEqual([])
    },
  )
  test('a repeated one is refused', async () => {
    const { errors } = await problemOf(get('/api/anomaly/metrics/a?hours=1&hours=2&metric_type=a&metric_type=b'), 422)
    expect(errors?.map(({ path }) => path)).toEqual(['metric_type', 'hours'])
  })
  test('a decimal number is accepted as a number', async () => {
    const detect = (value: string) =>
      server.ask({
        method: 'POST',
        path: `/api/anomaly/detect?source=a&metric_type=b&current_value=${value}`,
        headers: BEARER,
      })
    expect((await detect('-1.5')).status).toBe(200)
    expect(server.calls[0]?.request.query).toMatchObject({ current_value: -1.5, method: 'ZSCORE', z_threshold: 3 })
    for (const value of ['', '0x10', '1e3', '+1', '1.', 'x']) expect((await detect(value)).status).toBe(422)
  })
})

describe('422 says what is wrong', () => {
  test('a field', async () => {
    const { detail, errors } = await problemOf(
      post('/api/anomaly/metrics', { ...sample, recorded_at: 'yesterday' }),
      422,
    )
    expect(errors).toMatchObject([{ path: 'recorded_at' }])
    expect(detail).toMatch(/^recorded_at: .+\.$/)
  })
  test('all that is wrong, in every part', async () => {
    const answer = server.ask({
      method: 'PATCH',
      path: '/api/anomaly/rules/x',
      headers: { ...BEARER, ...JSON_TYPE },
      body: '{"min_samples":0,"operator":"over"}',
    })
    const { detail, errors } = await problemOf(answer, 422)
    expect(errors?.map(({ path }) => path)).toEqual(['rule_id', 'operator', 'min_samples'])
    expect(detail).toMatch(/^rule_id: .* \(and 2 more\)\.$/)
  })
  test("a batch's item, by its index", async () => {
    const batch = [sample, sample, sample, { ...sample, value: 'much' }]
    const { detail, errors } = await problemOf(post('/api/anomaly/metrics/batch', batch), 422)
    expect(errors).toMatchObject([{ path: '3.value' }])
    expect(detail).toMatch(/^Item 3 \(counted from 0\), value: .*number/)
    const whole = await problemOf(post('/api/anomaly/metrics/batch', [sample, null]), 422)
    expect(whole.errors).toMatchObject([{ path: '1' }])
    expect(whole.detail).toMatch(/^Item 1 \(counted from 0\): /)
  })
  test('what is missing, and what was expected instead', async () => {
    const { errors } = await problemOf(post('/api/anomaly/metrics', { source: 'a', value: 1, tags: { x: [] } }), 422)
    expect(errors).toEqual([
      { path: 'metric_type', message: 'is missing' },
      { path: 'tags.x', message: 'Invalid input: expected string or number or boolean' },
    ])
  })
  test.each([7, 'x', null, true, []])('a body that is no object: %j', async (body) => {
    const { errors } = await problemOf(post('/api/anomaly/metrics', body), 422)
    expect(errors).toMatchObject([{ path: 'body' }])
  })
  test('a header', async () => {
    const answer = post('/api/anomaly/metrics', sample, { 'idempotency-key': 'k'.repeat(257) })
    expect((await problemOf(answer, 422)).errors).toMatchObject([{ path: 'idempotency-key' }])
  })
})

const throwing = async (thrown: unknown) => {
  const opened = await openTestServer({}, { listRules: () => Promise.reject(thrown) })
  const answer = await opened.ask({ path: '/api/anomaly/rules', headers: BEARER })
  await opened.app.close()
  return { answer, body: problem.parse(answer.json()), logged: opened.logged }
}

describe('what a handler throws', () => {
  test('an AppError is answered as it is', async () => {
    const { answer, body, logged } = await throwing(notFound('event', 7))
    expect(body).toEqual({ type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no event 7.' })
    expect(answer.status).toBe(404)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(logged).toEqual([])
    expect((await throwing(invalidField('threshold', 'is missing'))).body.errors).toEqual([
      { path: 'threshold', message: 'is missing' },
    ])
  })
  test('503 has a Retry-After', async () => {
    const { answer } = await throwing(new AppError('OVERLOADED', 'Too much at once.', { retryAfter: 1.2 }))
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2'])
  })
  test.each([new Error('secret /home/me'), 'secret', undefined, null])(
    'anything else is 500 without its inside: %s',
    async (thrown) => {
      const { answer, body, logged } = await throwing(thrown)
      expect(body.status).toBe(500)
      expect(answer.text).not.toContain('secret')
      expect(logged).toMatchObject([{ level: 'error', details: { path: '/api/anomaly/rules' } }])
    },
  )
  test('an answer that breaks the contract is 500', async () => {
    const opened = await openTestServer({}, { toggleRule: () => ({ rule_id: 'x', is_active: true }) as never })
    const answer = await opened.ask({ method: 'PATCH', path: '/api/anomaly/rules/1/toggle', headers: BEARER })
    await opened.app.close()
    expect(answer.status).toBe(500)
    expect(opened.logged).toHaveLength(1)
  })
})

test('an answer carries what the contract names and nothing else', async () => {
  const opened = await openTestServer({}, { toggleRule: () => ({ rule_id: 3, is_active: true, revision: 9 }) })
  const answer = await opened.ask({ method: 'PATCH', path: '/api/anomaly/rules/3/toggle', headers: BEARER })
  await opened.app.close()
  expect(answer.json()).toEqual({ rule_id: 3, is_active: true })
})

test('204 has no body', async () => {
  const answer = await server.ask({ method: 'DELETE', path: '/api/anomaly/rules/3', headers: BEARER })
  expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([204, '', undefined])
})

test('healthz says that it is alive and nothing else', async () => {
  const answer = await server.ask({ path: '/healthz' })
  expect([answer.status, answer.json()]).toEqual([200, { status: 'ok' }])
})

test('metrics are Prometheus text', async () => {
  const answer = await get('/metrics')
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(answer.text).toBe('tocsin_up 1\n')
})
