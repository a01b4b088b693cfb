// Malicious requests: generated from the contract, then compressed, corrupted and given headers.
import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { Operation } from '../../shared/contract/operation.ts'
import { operations, type OperationName } from '../../shared/contract/operations.ts'
import { STREAM_PATH } from '../../shared/contract/stream.ts'
import { nearlyValid, valid } from './values.ts'

export interface Knock {
  name: string
  method: string
  path: string
  headers: Record<string, string>
  body?: Buffer | undefined
}

const JSON_TYPE = 'application/json'
const ALL = Object.entries(operations) as [OperationName, Operation][]

/** Bodies that some operations get in place of their own. */
const HUGE: [string, () => Buffer][] = [
  ['a MiB and more', () => Buffer.alloc(1024 * 1024 + 1, 0x20)],
  ['deep arrays', () => Buffer.from('['.repeat(500_000))],
  ['deep objects', () => Buffer.from(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
  ['a great many keys', () => Buffer.from(`{${Array.from({ length: 50_000 }, (_, at) => `"k${at}":1`).join()}}`)],
  ['a great many samples', () => Buffer.from(`[${'{},'.repeat(100_000)}{}]`)],
  ['a number without end', () => Buffer.from(`{"value":${'9'.repeat(500_000)}}`)],
]

const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))

type Encoding = (body: Buffer) => { body: Buffer; encoding?: string }
const ENCODINGS: Record<string, Encoding> = {
  gzip: (body) => ({ body: gzipSync(body), encoding: 'gzip' }),
  'gzip within gzip': (body) => ({ body: gzipSync(gzipSync(body)), encoding: 'gzip' }),
  'two encodings': (body) => ({ body: gzipSync(gzipSync(body)), encoding: 'gzip, gzip' }),
  'half a gzip': (body) => ({ body: gzipSync(body).subarray(0, -9), encoding: 'gzip' }),
  'gzip with more behind it': (body) => ({ body: Buffer.concat([gzipSync(body), body]), encoding: 'gzip' }),
  'gzip twice, one after the other': (body) => ({
    body: Buffer.concat([gzipSync(body), gzipSync(' ')]),
    encoding: 'gzip',
  }),
  'not compressed at all': (body) => ({ body, encoding: 'gzip' }),
  deflate: (body) => ({ body: deflateSync(body), encoding: 'deflate' }),
  unknown: (body) => ({ body, encoding: 'br' }),
  'a bomb': () => ({ body: bomb, encoding: 'gzip' }),
}

const bodyOf = (declared: Operation): fc.Arbitrary<Buffer | undefined> => {
  const json = declared.body
    ? fc.oneof(
        { arbitrary: valid(declared.body).map((value) => JSON.stringify(value) ?? ''), weight: 4 },
        { arbitrary: nearlyValid(declared.body), weight: 5 },
      )
    : fc.json({ maxDepth: 3 })
  const spoilt = fc.tuple(json, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(([text, at, bytes]) => {
    const whole = Buffer.from(text)
    const place = at % (whole.length + 1)
    return Buffer.concat([whole.subarray(0, place), bytes, whole.subarray(place + (at % 3))])
  })
  return fc.oneof(
    { arbitrary: json.map((text) => Buffer.from(text)), weight: 30 },
    { arbitrary: spoilt, weight: 6 },
    { arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)), weight: 2 },
    { arbitrary: fc.constant(undefined), weight: 1 },
  )
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '1e3', '0x10', '%', '../', 'NaN'),
)
const queryOf = ({ query }: Operation) =>
  query
    ? fc.oneof(
        { arbitrary: valid(query) as fc.Arbitrary<Record<string, unknown>>, weight: 3 },
        {
          arbitrary: fc.dictionary(fc.constantFrom(...Object.keys(query.shape), '__proto__', 'x'), anyText),
          weight: 1,
        },
      )
    : fc.dictionary(fc.string({ maxLength: 5 }), anyText, { maxKeys: 1 })

const paramsOf = ({ params }: Operation) =>
  params
    ? fc.oneof(
        { arbitrary: valid(params) as fc.Arbitrary<Record<string, unknown>>, weight: 4 },
        { arbitrary: fc.dictionary(fc.constantFrom(...Object.keys(params.shape)), anyText), weight: 1 },
      )
    : fc.constant({})

/** Which headers are sent beside those that belong there. */
const dressing = fc.oneof(
  { arbitrary: fc.constant({}), weight: 20 },
  {
    arbitrary: fc.constantFrom<Record<string, string>>(
      { authorization: 'Bearer wrong' },
      { authorization: 'Basic' },
      { host: 'evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'content-type': 'text/plain' },
      { 'content-type': `${JSON_TYPE}; charset=utf-7` },
      { 'idempotency-key': 'k' },
      { 'idempotency-key': '\u00ff'.repeat(300) },
      { 'last-event-id': '99999999999999999999' },
      { cookie: `${'a=b; '.repeat(500)}__proto__=1` },
      { expect: '100-continue' },
      { accept: 'x'.repeat(5000) },
      { 'transfer-encoding': 'chunked' },
    ),
    weight: 6,
  },
)

/** No other machine is contacted, whatever a setting says. */
const withoutModel = (body: Buffer | undefined) => (body?.includes('llm') ? Buffer.from('{}') : body)

const knockOn = ([name, declared]: [OperationName, Operation]): fc.Arbitrary<Knock> =>
  fc
    .record({
      params: paramsOf(declared),
      query: queryOf(declared),
      body: bodyOf(declared),
      huge: rarely(150, fc.constantFrom(...HUGE)),
      contentEncoding: rarely(8, fc.constantFrom(...Object.keys(ENCODINGS))),
      headers: dressing,
      method: rarely(30, fc.constantFrom('PUT', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND')),
    })
    .map(({ params, query, body, huge, contentEncoding, headers, method }) => {
      const plain = (huge ? huge[1]() : name === 'updateSettings' ? withoutModel(body) : body) ?? undefined
      const sentBody: Partial<ReturnType<Encoding>> =
        contentEncoding && plain ? ENCODINGS[contentEncoding]!(plain) : plain ? { body: plain } : {}
      const path = declared.path.replace(/:(\w+)/g, (_, key: string) =>
        encoded((params as Record<string, unknown>)[key]),
      )
      const search = Object.entries(query).map(([key, value]) => `${encoded(key)}=${encoded(value)}`)
      return {
        name: [name, huge?.[0], contentEncoding].filter(Boolean).join(', '),
        method: method ?? declared.method,
        path: search.length > 0 ? `${path}?${search.join('&')}` : path,
        headers: {
          ...(sentBody.body && { 'content-type': JSON_TYPE }),
          ...(sentBody.encoding !== undefined && { 'content-encoding': sentBody.encoding }),
          ...headers,
        },
        body: sentBody.body,
      }
    })

/** Once in so many times. */
const rarely = <T>(times: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: times - 1 }, { arbitrary, weight: 1 })

const encoded = (value: unknown) => encodeURIComponent(String(value).toWellFormed())

const elsewhere: fc.Arbitrary<Knock> = fc
  .tuple(
    fc.constantFrom(
      '/',
      '/api',
      '/api/',
      '/api/anomaly/',
      '/healthz',
      '/metrics',
      '/api/openapi.json',
      STREAM_PATH,
      '/assets/',
    ),
    fc.string({ unit: fc.constantFrom(...'/.%2eF\\?#&=;a'.split('')), maxLength: 12 }),
    dressing,
  )
  .map(([start, rest, headers]) => ({
    name: 'elsewhere',
    // The stream without end is not waited for.
    method: start === STREAM_PATH ? 'HEAD' : 'GET',
    path: `${start}${rest}`.replaceAll('#', ''),
    headers,
  }))

/** An operation that is added has its share. */
export const knocks: fc.Arbitrary<Knock> = fc.oneof(
  ...ALL.map((operation) => ({
    arbitrary: knockOn(operation),
    // Samples come in most, and drills take their time.
    weight: operation[1].open ? 12 : operation[0] === 'simulate' ? 1 : 3,
  })),
  { arbitrary: elsewhere, weight: 4 },
)
