import { describe, expect, test } from 'vitest'
import { problem } from '../../../shared/schemas/problem.ts'
import { STREAM_PATH } from '../../../shared/contract/stream.ts'
import {
  BEARER,
  exampleRequest,
  JSON_TYPE,
  knock,
  openTestServer,
  OPERATIONS,
  shareTestServer,
  type Answer,
  type Asked,
  type TestServer,
} from './test-server.ts'

let server: TestServer
shareTestServer((opened) => (server = opened))

const FOREIGN_HOST = { host: 'evil.example' }
const FOREIGN_ORIGIN = { origin: 'http://evil.example' }
const WRONG_TOKEN = { authorization: 'Bearer wrong' }

const expectRejection = (answer: Answer, status: number) => {
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(problem.parse(answer.json())).toMatchObject({ status, type: 'about:blank' })
  expect(server.calls).toEqual([])
}

const asked = (request: Asked, headers: Record<string, string>) =>
  server.ask({ ...request, headers: { ...request.headers, ...headers } })

describe.each(OPERATIONS)('%s', (_name, declared) => {
  const request = exampleRequest(declared)

  test('answers when all is well', async () => {
    const answer = await asked(request, BEARER)
    expect(answer.status).toBe(declared.status)
    expect(server.calls).toHaveLength(1)
  })
  test('421 for a foreign Host', async () => {
    expectRejection(await asked(request, { ...BEARER, ...FOREIGN_HOST }), 421)
  })
  test('403 for a foreign Origin and for a cross-site fetch', async () => {
    expectRejection(await asked(request, { ...BEARER, ...FOREIGN_ORIGIN }), 403)
    expectRejection(await asked(request, { ...BEARER, 'sec-fetch-site': 'cross-site' }), 403)
  })
  test('401 for a wrong token', async () => {
    const answer = await asked(request, WRONG_TOKEN)
    expectRejection(answer, 401)
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  })
  test('no token: 401 unless it is open', async () => {
    const answer = await asked(request, {})
    if (declared.open) expect(answer.status).toBe(declared.status)
    else expectRejection(answer, 401)
  })
  test('405 with Allow for another method', async () => {
    const answer = await asked({ ...request, method: 'PUT' }, BEARER)
    expectRejection(answer, 405)
    expect(answer.headers.allow?.split(', ')).toContain(declared.method)
    expect(answer.headers.allow?.split(', ').includes('HEAD')).toBe(answer.headers.allow?.split(', ').includes('GET'))
  })
  test('every answer carries the security headers', async () => {
    for (const headers of [BEARER, FOREIGN_HOST, WRONG_TOKEN]) {
      expect((await asked(request, headers)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      })
    }
  })
})

const statusForHost = async (value: string) => (await server.ask({ path: '/healthz', headers: { host: value } })).status

const withOrigin = (value: string) => server.ask({ path: '/api/anomaly/rules', headers: { ...BEARER, origin: value } })

const fetched = async (path: string, headers: Record<string, string>, method = 'GET') =>
  (await server.ask({ method, path, headers: { ...BEARER, ...headers } })).status
const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

const statusWith = async (path: string, authorization?: string) =>
  (await server.ask({ path, headers: authorization === undefined ? {} : { authorization } })).status

const allowOf = async (method: string, path: string) => {
  const answer = await server.ask({ method, path, headers: BEARER })
  expectRejection(answer, 405)
  return answer.headers.allow
}

describe('the order', () => {
  // Each fault with its status, in the order in which they must be reported. Two faults at once: the earlier one wins.
  const FAULTS: { status: number; apply: (request: Asked) => Asked }[] = [
    { status: 421, apply: (request) => ({ ...request, headers: { ...request.headers, ...FOREIGN_HOST } }) },
    { status: 403, apply: (request) => ({ ...request, headers: { ...request.headers, ...FOREIGN_ORIGIN } }) },
    { status: 401, apply: (request) => ({ ...request, headers: { ...request.headers, ...WRONG_TOKEN } }) },
    { status: 405, apply: (request) => ({ ...request, method: 'PUT' }) },
    {
      status: 415,
      apply: (request) => ({ ...request, headers: { ...request.headers, 'content-type': 'text/plain' } }),
    },
    { status: 413, apply: (request) => ({ ...request, body: `${' '.repeat(1024 * 1024)}${String(request.body)}` }) },
    { status: 400, apply: (request) => ({ ...request, body: `{${String(request.body)}` }) },
    {
      status: 422,
      apply: (request) => ({ ...request, body: String(request.body).replace('"value":1', '"value":"1"') }),
    },
  ]
  const sound: Asked = {
    method: 'POST',
    path: '/api/anomaly/metrics',
    headers: { ...BEARER, ...JSON_TYPE },
    body: '{"source":"a","metric_type":"CPU","value":1}',
  }
  const pairs = FAULTS.flatMap((first, at) =>
    FAULTS.slice(at + 1).map(
      (second) => [first.status, second.status, (request: Asked) => first.apply(second.apply(request))] as const,
    ),
  )

  test('nothing wrong is 202, and each fault alone has its status', async () => {
    expect((await server.ask(sound)).status).toBe(202)
    server.calls.length = 0
    for (const { status, apply } of FAULTS) expectRejection(await server.ask(apply(sound)), status)
  })
  test.each(pairs)('%i before %i', async (status, _later, apply) => {
    expectRejection(await server.ask(apply(sound)), status)
  })
  test('404 takes the place of 405 in this order', async () => {
    const lost = { ...sound, path: '/api/anomaly/nothing', body: '{' }
    expectRejection(await server.ask({ ...lost, headers: { ...lost.headers, ...WRONG_TOKEN } }), 401)
    expectRejection(await server.ask({ ...lost, headers: { ...BEARER, 'content-type': 'text/plain' } }), 404)
  })
})

describe('Host', () => {
  test.each(['localhost', 'localhost:1', '127.0.0.1:8642', '[::1]', '[::1]:8642', 'LocalHost', 'tocsin.example:99'])(
    '%s is ours',
    async (value) => expect(await statusForHost(value)).toBe(200),
  )
  test.each([
    'evil.example',
    'localhost.evil.example',
    'evil-localhost',
    '127.0.0.1.evil.example',
    '127.0.0.2',
    'localhost:x',
    'a@localhost',
  ])('"%s" is foreign', async (value) => expect(await statusForHost(value)).toBe(421))
  test('none at all is foreign', async () => {
    expectRejection(await server.ask({ path: '/healthz', noHost: true }), 421)
    expect(await knock(server.port, 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 421 /)
    expect(await knock(server.port, 'GET /healthz HTTP/1.0\r\nHost:\r\n\r\n')).toMatch(/^HTTP\/1.1 421 /)
  })
  test('two of them are refused', async () => {
    const answer = await knock(
      server.port,
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\nConnection: close\r\n\r\n',
    )
    expect(answer).toMatch(/^HTTP\/1.1 421 /)
  })
  test('a target in absolute form can not go around it', async () => {
    for (const target of ['http://evil.example/healthz', 'http://localhost/api/anomaly/rules']) {
      expectRejection(await server.ask({ path: target, headers: { host: 'localhost' } }), 421)
    }
  })
})

describe('Origin', () => {
  test('the own one passes, by any of its names', async () => {
    for (const name of ['localhost', '127.0.0.1', '[::1]', 'tocsin.example']) {
      expect((await withOrigin(`http://${name}:${server.port}`)).status).toBe(200)
    }
  })
  test('scheme, host and port all count', async () => {
    const { port } = server
    const foreign = ['null', '', `https://localhost:${port}`, `http://localhost:${port + 1}`, 'http://localhost']
    const similar = [
      `http://localhost.evil.example:${port}`,
      `http://evil.example:${port}`,
      `http://localhost:${port}.evil.example`,
    ]
    for (const value of [...foreign, ...similar])
      expect([value, (await withOrigin(value)).status]).toEqual([value, 403])
  })
  test('port 80 is left out of an Origin', async () => {
    const onPort80 = await openTestServer({ port: () => 80 })
    const headers = { ...BEARER, origin: 'http://localhost' }
    expect((await onPort80.ask({ path: '/api/anomaly/rules', headers })).status).toBe(200)
    await onPort80.app.close()
  })
})

describe('Sec-Fetch', () => {
  test('same origin and typed addresses pass', async () => {
    expect(await fetched('/api/anomaly/rules', { 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await fetched('/api/anomaly/rules', { 'sec-fetch-site': 'none' })).toBe(200)
  })
  test.each(['cross-site', 'same-site'])('%s: only a link to a page passes', async (site) => {
    const from = { 'sec-fetch-site': site }
    expect(await fetched('/', { ...from, ...link })).toBe(404)
    expect(await fetched('/?token=x', { ...from, 'sec-fetch-mode': 'navigate' })).toBe(404)
    expect(await fetched('/', from)).toBe(403)
    expect(await fetched('/', { ...from, ...link }, 'POST')).toBe(403)
    expect(await fetched('/', { ...from, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).toBe(403)
    expect(await fetched('/api/anomaly/rules', { ...from, ...link })).toBe(403)
    expect(await fetched('/%61pi/anomaly/rules', { ...from, ...link })).toBe(403)
  })
})

describe('token', () => {
  test('only the very token passes', async () => {
    const good = BEARER.authorization
    expect(await statusWith('/api/anomaly/rules', good.replace('Bearer', 'bearer'))).toBe(200)
    for (const bad of [
      `${good}x`,
      good.slice(0, -1),
      'Bearer',
      'Bearer ',
      '',
      'Basic YTpi',
      good.replace('Bearer ', ''),
      `${good} x`,
    ]) {
      expect([bad, await statusWith('/api/anomaly/rules', bad)]).toEqual([bad, 401])
    }
  })
  test('metrics, document, stream and everything unknown below /api need one', async () => {
    for (const path of [
      '/metrics',
      '/api/openapi.json',
      STREAM_PATH,
      '/api',
      '/api/',
      '/api/nothing',
      '/%61pi/nothing',
    ]) {
      expect([path, await statusWith(path)]).toEqual([path, 401])
    }
  })
  test('healthz and pages need none and look at none', async () => {
    expect(await statusWith('/healthz')).toBe(200)
    expect(await statusWith('/healthz', 'Bearer wrong')).toBe(200)
    expect(await statusWith('/nothing')).toBe(404)
  })
  test("a setting asks agents for one, and the browser's session counts as one", async () => {
    const strict = await openTestServer({
      ingestNeedsToken: true,
      session: { valid: ({ headers }) => headers.cookie === 's=1', renew() {} },
    })
    const post = { method: 'POST', path: '/api/anomaly/metrics', body: '{"source":"a","metric_type":"b","value":1}' }
    const headed = async (headers: Record<string, string>) =>
      (await strict.ask({ ...post, headers: { ...JSON_TYPE, ...headers } })).status
    expect(await headed({})).toBe(401)
    expect(await headed(BEARER)).toBe(202)
    expect(await headed({ cookie: 's=1' })).toBe(202)
    expect(await headed({ cookie: 's=2' })).toBe(401)
    expect(await headed({ cookie: 's=1', ...WRONG_TOKEN })).toBe(401)
    await strict.app.close()
  })
})

describe('paths and methods', () => {
  test('Allow names all that a path answers to', async () => {
    expect(await allowOf('PUT', '/api/anomaly/rules')).toBe('GET, HEAD, POST')
    expect(await allowOf('OPTIONS', '/api/anomaly/rules/7?x=1')).toBe('DELETE, PATCH')
    // "batch" may be a source's name too.
    expect(await allowOf('DELETE', '/api/anomaly/metrics/batch')).toBe('GET, HEAD, POST')
    expect(await allowOf('GET', '/api/anomaly/detect')).toBe('POST')
    expect(await allowOf('PROPFIND', '/api/anomaly/detect')).toBe('POST')
    expect(await allowOf('POST', '/healthz')).toBe('GET, HEAD')
    expect(await allowOf('POST', '/metrics')).toBe('GET, HEAD')
    expect(await allowOf('POST', STREAM_PATH)).toBe('GET, HEAD')
  })
  test('404 for what is not there', async () => {
    for (const path of [
      '/api',
      '/api/',
      '/api/anomaly',
      '/api/anomaly/rules/',
      '/api/anomaly/rules/1/2',
      '/api/anomaly/metrics/',
      '/x',
    ]) {
      expectRejection(await server.ask({ path, headers: BEARER }), 404)
    }
  })
  test('HEAD is a GET without its body', async () => {
    for (const path of ['/api/anomaly/rules', '/healthz', '/metrics', STREAM_PATH, '/api/openapi.json']) {
      const answer = await server.ask({ method: 'HEAD', path, headers: BEARER })
      expect([path, answer.status, answer.text]).toEqual([path, 200, ''])
    }
  })
  test("a host's pages don't cover the API", async () => {
    const hosted = await openTestServer({}, {}, (app) => app.get('/*', () => 'page'))
    const statusOf = async (path: string, headers = {}) => (await hosted.ask({ path, headers })).status
    expect((await hosted.ask({ path: '/deep/link' })).text).toBe('page')
    expect(await statusOf('/api/nothing')).toBe(401)
    expect(await statusOf('/api/nothing', BEARER)).toBe(404)
    expect(await statusOf('/api/anomaly/detect', BEARER)).toBe(405)
    expect(await statusOf('/api/anomaly/rules', BEARER)).toBe(200)
    await hosted.app.close()
  })
})
