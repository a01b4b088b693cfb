// The check by hand and the schemas must agree on whatever can come out of JSON.
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { operations } from '../../../shared/contract/operations.ts'
import { FAST_PARSERS } from '../../../electron/core/ingest/fast-sample-parser.ts'

/** The output of the schemas; undefined if they reject it or their output differs from the input. */
function unchanged(name: 'postMetric' | 'postMetricsBatch', headers: object, body: unknown) {
  const { headers: headersSchema, body: bodySchema } = operations[name]
  const checked = { headers: headersSchema.safeParse(headers), body: bodySchema.safeParse(body) }
  if (!checked.headers.success || !checked.body.success) return undefined
  // -0 counts as something else than 0.
  return isDeepStrictEqual(checked.body.data, body)
    ? { headers: checked.headers.data, body: checked.body.data }
    : undefined
}

// Everything below makes JSON text, since JSON can express more than values can: 1e400, -0, keys twice, keys such as __proto__.

const text = (lengths: number[]) =>
  fc
    .tuple(fc.constantFrom(...lengths), fc.constantFrom('a', 'é', '🔔', '\ud800', '\udc00', '\0', '"'))
    .map(([length, character]) => JSON.stringify(character.repeat(length)))

/** Mostly the first, so that a sample with many fields has its chance. */
const mostly = (usual: fc.Arbitrary<string>, odd: fc.Arbitrary<string>) =>
  fc.oneof({ arbitrary: usual, weight: 15 }, { arbitrary: odd, weight: 1 })

const number = fc.oneof(
  { arbitrary: fc.constantFrom('1e400', '-1e400', '9007199254740991', '9007199254740992'), weight: 1 },
  { arbitrary: fc.constantFrom('0', '-0', '1.5', '1e-400', '1e3'), weight: 3 },
  { arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), weight: 3 },
)

const wrong = fc.constantFrom('null', 'true', '[]', '{}', '[1]', '{"a":null}', '"1"', '""', '1', '[{"source":"a"}]')

const part = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, '0'))

const instant = fc
  .tuple(
    mostly(part(1999, 2101), fc.constantFrom('0000', '1900', '2000', '2024', '2100', '999', '20260', 'x026')),
    mostly(part(1, 12), part(0, 13)),
    mostly(part(1, 28), part(0, 32)),
    mostly(part(0, 23), part(0, 24)),
    mostly(part(0, 59), part(0, 61)),
    mostly(part(0, 59), part(0, 61)),
    mostly(fc.constantFrom('', '.5', '.123', '.000', '.123456'), fc.constantFrom('.', '.12x', ',123', '.-12')),
    mostly(fc.constantFrom('Z', '+01:00', '-23:59'), fc.constantFrom('z', '', '+24:00', '+0100')),
    mostly(fc.constant('T'), fc.constantFrom('t', ' ')),
  )
  .map(([year, month, day, hour, minute, second, fraction, zone, between]) =>
    JSON.stringify(`${year}-${month}-${day}${between}${hour}:${minute}:${second}${fraction}${zone}`),
  )

const object = (fields: [string, string][]) => `{${fields.map(([name, value]) => `${name}:${value}`).join()}}`

const tags = fc.oneof(
  fc
    .array(
      fc.tuple(
        mostly(
          text([0, 1, 128, 256]),
          fc.oneof(text([257]), fc.constantFrom('"__proto__"', '"constructor"', '"7"', '"toString"')),
        ),
        mostly(fc.oneof(text([0, 1, 256]), number, fc.constantFrom('true', 'false')), fc.oneof(text([257]), wrong)),
      ),
      { maxLength: 3 },
    )
    .map(object),
  fc
    .constantFrom(63, 64, 64, 65)
    .map((count) => object(Array.from({ length: count }, (_, at): [string, string] => [`"t${at}"`, '1']))),
)

const field = (name: string, good: fc.Arbitrary<string>, always = false) => {
  const value = fc.oneof({ arbitrary: good, weight: 12 }, { arbitrary: wrong, weight: 1 })
  return fc
    .option(value, { freq: always ? 30 : 2 })
    .map((given) => (given === null ? [] : [[`"${name}"`, given] as [string, string]]))
}

const extra = mostly(
  fc.constant(''),
  fc.constantFrom('"__proto__"', '"constructor"', '"extra"', '"Source"', '"value"', '"0"'),
)

const sample = fc
  .tuple(
    field('source', mostly(text([1, 2, 255, 256]), text([0, 257])), true),
    field('metric_type', mostly(text([1, 2, 255, 256]), text([0, 257])), true),
    field('value', number, true),
    field('unit', mostly(text([0, 1, 64]), text([65]))),
    field('tags', tags),
    field('server_id', mostly(fc.integer().map(String), number)),
    field('recorded_at', instant),
    extra,
  )
  .map(([...parts]) => {
    const more = parts.pop() as string
    return object([
      ...(parts as [string, string][][]).flat(),
      ...(more === '' ? [] : [[more, '1'] as [string, string]]),
    ])
  })

const headers = fc
  .option(fc.constantFrom(0, 1, 256, 257), { freq: 2 })
  .map((length) => ({ host: 'localhost', ...(length !== null && { 'idempotency-key': 'k'.repeat(length) }) }))

let taken = 0
let left = 0

function agree(name: 'postMetric' | 'postMetricsBatch', given: { host: string }, json: string) {
  const body: unknown = JSON.parse(json)
  const byHand = FAST_PARSERS[name]!(given, body)
  if (byHand) taken++
  else left++
  expect(byHand).toStrictEqual(unchanged(name, given, body))
}

test.each([
  ['postMetric', fc.oneof({ arbitrary: sample, weight: 20 }, { arbitrary: wrong, weight: 1 })],
  [
    'postMetricsBatch',
    fc.oneof(
      { arbitrary: fc.array(sample, { maxLength: 3 }).map((all) => `[${all.join()}]`), weight: 20 },
      { arbitrary: wrong, weight: 1 },
    ),
  ],
] as const)('%s: by hand passes what the schemas hand on unchanged, and nothing else', (name, bodies) => {
  taken = 0
  left = 0
  fc.assert(
    fc.property(headers, bodies, (given, json) => agree(name, given, json)),
    { numRuns: 5000 },
  )
  // Both kinds came often enough to mean something.
  expect(taken).toBeGreaterThan(1000)
  expect(left).toBeGreaterThan(1000)
})
