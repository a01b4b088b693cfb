// The document is checked against OpenAPI 3.1, the table of operations, and real answers.
import { fastify } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { COMMON_ERRORS, type Operation } from '../../../shared/contract/operation.ts'
import { renamedFields } from '../../../shared/schemas/former-names.ts'
import { STREAM_PATH } from '../../../shared/contract/stream.ts'
import {
  BEARER,
  exampleCall,
  exampleRequest,
  openTestServer,
  OPERATIONS,
  type Asked,
  type TestServer,
} from './test-server.ts'

type Schema = Record<string, unknown>

interface Content {
  content?: Record<string, { schema: Schema }>
}

interface Described {
  operationId: string
  summary: string
  security: object[]
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: Content & { required: boolean }
  responses: Record<string, Content & { description: string }>
}

interface Document {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, object> }
}

let server: TestServer
let api: Document
beforeAll(async () => {
  server = await openTestServer({}, {}, (app) => app.get('/a-page', () => 'page'))
  api = (await server.ask({ path: '/api/openapi.json', headers: BEARER })).json() as Document
})
afterAll(() => server.app.close())

const inDocument = (path: string) => path.replace(/:(\w+)/g, '{$1}')
const describedAs = ({ path, method }: Operation) => api.paths[inDocument(path)]![method.toLowerCase()]!
const everything = () =>
  Object.entries(api.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, described]) => ({ path, method, described })),
  )

/** The errors of ajv, which comes with Fastify, for a value; undefined if it is valid. */
async function complaint(schema: Schema, value: unknown): Promise<string | undefined> {
  const strict = { coerceTypes: false, useDefaults: false, removeAdditional: false, allErrors: true } as const
  const checker = fastify({ ajv: { customOptions: { ...strict, strictTypes: false, keywords: ['components'] } } })
  checker.post('/', { schema: { body: { ...schema, components: api.components } } }, () => 'fine')
  const payload = JSON.stringify(value)
  const answer = await checker.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/json' },
    payload,
  })
  await checker.close()
  if (answer.statusCode >= 500) throw new Error(answer.body)
  return answer.statusCode === 200 ? undefined : answer.body
}

describe('the document', () => {
  test('is OpenAPI 3.1 with unique operation ids', () => {
    expect(api.openapi).toBe('3.1.0')
    expect(api.info).toMatchObject({ title: 'Tocsin', version: '1.2.3' })
    expect(api.components.securitySchemes).toEqual({ bearer: { type: 'http', scheme: 'bearer' } })
    const ids = everything().map(({ described }) => described.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })
  test('names everything that the server answers, and nothing of a host', () => {
    const paths = everything().map(({ path, method }) => `${method.toUpperCase()} ${path}`)
    const operations = OPERATIONS.map(([, { method, path }]) => `${method} ${inDocument(path)}`)
    const own = [STREAM_PATH, '/healthz', '/metrics', '/api/openapi.json'].map((path) => `GET ${path}`)
    expect(paths.toSorted()).toEqual([...operations, ...own].toSorted())
  })
  test('has no reference that leads nowhere and no schema that nothing refers to', () => {
    const references = new Set(JSON.stringify(api).match(/"\$ref":"[^"]+"/g))
    const wanted = Object.keys(api.components.schemas).map((name) => `"$ref":"#/components/schemas/${name}"`)
    expect([...references].toSorted()).toEqual(wanted.toSorted())
  })
  test('describes every part of every operation', () => {
    for (const { path, described } of everything()) {
      expect(described.summary).not.toBe('')
      const inPath = described.parameters?.filter((parameter) => parameter.in === 'path') ?? []
      expect(inPath.map(({ name }) => name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
      for (const { schema } of described.parameters ?? []) expect(schema.type ?? schema.anyOf).toBeDefined()
      for (const [status, response] of Object.entries(described.responses)) {
        expect(response.description).not.toBe('')
        if (Number(status) < 400) continue
        expect(Object.keys(response.content!)).toEqual(['application/problem+json'])
      }
    }
  })
  test('gives the types of the numbers in a query', () => {
    const hours = describedAs(OPERATIONS.find(([name]) => name === 'getMetrics')![1]).parameters
    expect(hours).toContainEqual({
      name: 'hours',
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 168, default: 24 },
    })
  })
  test('states which operations need a token, and that a setting can change it', async () => {
    const strict = await openTestServer({ ingestNeedsToken: true })
    const document = (await strict.ask({ path: '/api/openapi.json', headers: BEARER })).json() as Document
    await strict.app.close()
    expect(document.paths['/api/anomaly/metrics']!.post!.security).toEqual([{ bearer: [] }])
    expect(api.paths['/api/anomaly/metrics']!.post!.security).toEqual([{}, { bearer: [] }])
    expect(api.paths['/healthz']!.get!.security).toEqual([])
    expect(api.paths['/metrics']!.get!.security).toEqual([{ bearer: [] }])
  })
})

const formerNamesIn = (schema: z.ZodObject | undefined) =>
  schema ? renamedFields(schema).map(([, former]) => former) : []

describe.each(OPERATIONS)('%s', (name, declared) => {
  test('is in it with its statuses and its parts', () => {
    const described = describedAs(declared)
    expect(described.operationId).toBe(name)
    expect(described.summary).toBe(declared.summary)
    const statuses = [declared.status, ...COMMON_ERRORS, ...(declared.errors ?? []), 'default'].map(String)
    expect(Object.keys(described.responses).toSorted()).toEqual([...new Set(statuses)].toSorted())
    const parts = { path: declared.params, query: declared.query, header: declared.headers }
    const names = Object.entries(parts).flatMap(([place, schema]) =>
      [...Object.keys(schema?.shape ?? {}), ...formerNamesIn(schema)].map((key) => `${place} ${key}`),
    )
    expect((described.parameters ?? []).map((one) => `${one.in} ${one.name}`).toSorted()).toEqual(names.toSorted())
    expect(described.requestBody === undefined).toBe(declared.body === undefined)
    if (declared.body) expect(described.requestBody!.required).toBe(!declared.body.safeParse({}).success)
  })
  test('has the defaults that are really filled in', () => {
    for (const { name: key, in: place, required, schema } of describedAs(declared).parameters ?? []) {
      const shape = { path: declared.params, query: declared.query, header: declared.headers }[place]!.shape
      if (formerNamesIn(declared.query).includes(key)) {
        expect([key, required, schema.default]).toEqual([key, false, undefined])
        continue
      }
      const absent = z.safeParse(shape[key] as z.ZodType, undefined)
      expect([key, required, schema.default]).toEqual([key, !absent.success, absent.data])
    }
  })
  test('answers what the document says', async () => {
    const answer = await server.ask({
      ...exampleRequest(declared),
      headers: { ...exampleRequest(declared).headers, ...BEARER },
    })
    const response = describedAs(declared).responses[answer.status]!
    if (!response.content) return expect(answer.text).toBe('')
    const [type, { schema }] = Object.entries(response.content)[0]!
    expect(answer.headers['content-type']).toContain(type)
    expect(await complaint(schema, answer.json())).toBeUndefined()
    // The proof would be worth nothing if everything passed.
    expect(await complaint(schema, { unknown: true })).toBeDefined()
  })
  test('refuses as the document says', async () => {
    const sound: Asked = { ...exampleRequest(declared), headers: { ...exampleRequest(declared).headers, ...BEARER } }
    const refused = await Promise.all([
      server.ask({ ...sound, headers: { ...sound.headers, host: 'evil.example' } }),
      server.ask({ ...sound, headers: { ...sound.headers, origin: 'null' } }),
      server.ask({ ...sound, headers: { ...sound.headers, authorization: 'Bearer wrong' } }),
      ...(declared.body ? [server.ask({ ...sound, body: '{' }), server.ask({ ...sound, body: '7' })] : []),
      ...(declared.query
        ? [server.ask({ ...sound, path: `${sound.path.split('?')[0]}?hours=x&limit=x&comment=` })]
        : []),
    ])
    for (const answer of refused.filter(({ status }) => status >= 400)) {
      const { schema } = describedAs(declared).responses[answer.status]!.content!['application/problem+json']!
      expect(await complaint(schema, answer.json())).toBeUndefined()
    }
  })
})

test.each(OPERATIONS.filter(([, declared]) => declared.body))(
  '%s takes the bodies that the document allows',
  async (_name, declared) => {
    const { schema } = describedAs(declared).requestBody!.content!['application/json']!
    expect(await complaint(schema, exampleCall(declared).body)).toBeUndefined()
    expect(await complaint(schema, 7)).toBeDefined()
  },
)

test('the own routes answer what the document says', async () => {
  for (const path of ['/healthz', '/api/openapi.json']) {
    const { schema } = api.paths[path]!.get!.responses['200']!.content!['application/json']!
    expect(await complaint(schema, (await server.ask({ path, headers: BEARER })).json())).toBeUndefined()
  }
  expect(Object.keys(api.paths['/metrics']!.get!.responses['200']!.content!)).toEqual(['text/plain'])
  expect(Object.keys(api.paths[STREAM_PATH]!.get!.responses['200']!.content!)).toEqual(['text/event-stream'])
  expect(api.paths[STREAM_PATH]!.get!.parameters).toMatchObject([{ name: 'last-event-id', in: 'header' }])
})
