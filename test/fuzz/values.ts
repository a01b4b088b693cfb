// Values out of the contract's own schemas: valid ones, and nearly valid ones as JSON text, since JSON can express more than
// values can: numbers beyond all numbers, keys twice, lone surrogates.
import fc from 'fast-check'
import { z } from 'zod'

type JsonSchema = z.core.JSONSchema.BaseSchema

/** Values that the schema nearly always accepts; its rules beyond JSON Schema are not known here. */
export function valid(schema: z.ZodType): fc.Arbitrary<unknown> {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return valueOf(root, root)
}

/** JSON text of such values, with one or two places changed. */
export const nearlyValid = (schema: z.ZodType): fc.Arbitrary<string> =>
  fc
    .tuple(
      valid(schema),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(...ODD), fc.constantFrom(...WAYS)), { maxLength: 2 }),
    )
    .map(([value, changes]) => {
      const changed = changes.reduce((tree, [at, odd, way]) => spoil(tree, at, odd, way), value)
      return (JSON.stringify(changed) ?? 'null').replace(MARKED, (_, index: string) => ODD[Number(index)]!)
    })

const TEXTS = [
  '',
  'a',
  'CPU',
  'web-1',
  '<b>',
  '=1+1',
  '\u202Eevil',
  '\u200B',
  '\0',
  '\ud800',
  '"',
  '\\',
  "';--",
  '%zz',
  '../..',
]

function valueOf(schema: JsonSchema, root: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.$ref) return valueOf(root.$defs![schema.$ref.replace('#/$defs/', '')] as JsonSchema, root)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => valueOf(each, root)))
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'string':
      return textOf(schema)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return wholeNumber(schema)
    case 'number':
      return fc.oneof(fc.integer({ min: 1, max: 100 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
    case 'array':
      return fc.array(valueOf(schema.items as JsonSchema, root), { minLength: schema.minItems ?? 0, maxLength: 4 })
    case 'object':
      return objectOf(schema, root)
    case 'null':
      return fc.constant(null)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function textOf({ format, minLength = 0, maxLength = 40, examples }: JsonSchema): fc.Arbitrary<string> {
  if (examples) return fc.constantFrom(...(examples as string[]))
  if (format === 'date-time')
    return fc.integer({ min: -40, max: 2 }).map((days) => new Date(Date.now() + days * 86_400_000).toISOString())
  const fitting = (text: string) => text.length >= minLength && text.length <= maxLength
  return fc.oneof(
    fc.constantFrom(...TEXTS.filter(fitting)),
    fc.string({ unit: 'binary', minLength, maxLength: Math.max(minLength, Math.min(40, maxLength)) }),
    fc.constant('x'.repeat(maxLength)),
  )
}

/** Mostly small ones, which ids are. */
function wholeNumber({ minimum = -1e6, maximum = 1e6 }: JsonSchema): fc.Arbitrary<number> {
  const least = Math.max(minimum, -1e9)
  return fc.oneof(
    { arbitrary: fc.integer({ min: least, max: Math.min(maximum, Math.max(least, 40)) }), weight: 9 },
    { arbitrary: fc.integer({ min: least, max: Math.min(maximum, 1e9) }), weight: 1 },
  )
}

function objectOf({ properties, required = [], additionalProperties }: JsonSchema, root: JsonSchema) {
  if (!properties)
    return fc.dictionary(fc.string({ maxLength: 8 }), valueOf((additionalProperties ?? {}) as JsonSchema, root), {
      maxKeys: 3,
    })
  const parts = Object.entries(properties).map(([key, part]) => [key, valueOf(part as JsonSchema, root)])
  return fc.record(Object.fromEntries(parts) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: required })
}

const ODD = (
  'null true [] {} "" 0 -0 -1 1e400 -1e400 1e-400 9007199254740993 0.5 "\\u0000" "\\ud800" "\\udc00\\ud800" "\\u202e" ' +
  '"__proto__" [[[[[[[[]]]]]]]] "1" "2026-02-30" {"__proto__":{"a":1}} {"constructor":{"prototype":{"a":1}}} ' +
  `{"toString":1} {"a":1,"a":2} "${'x'.repeat(257)}" "${'é'.repeat(10_000)}" ${'['.repeat(1000)}${']'.repeat(1000)}`
).split(' ')
const MARKED = /"§(\d+)§"/g
const WAYS = ['replace', 'replace', 'drop', 'add'] as const
const KEYS = ['extra', '__proto__', 'constructor', 'toString', '', '0']

/** One of all places of the tree becomes something else. */
function spoil(tree: unknown, at: number, odd: string, way: (typeof WAYS)[number]): unknown {
  const mark = `§${ODD.indexOf(odd)}§`
  const copy = structuredClone({ tree })
  const places: [holder: Record<string, unknown>, key: string][] = []
  const walk = (holder: Record<string, unknown>) => {
    for (const key of Object.keys(holder)) {
      places.push([holder, key])
      const value = holder[key]
      if (typeof value === 'object' && value !== null) walk(value as Record<string, unknown>)
    }
  }
  walk(copy)
  const [holder, key] = places[at % places.length]!
  const value = holder[key]
  if (way === 'drop' && holder !== copy) delete holder[key]
  else if (way === 'add' && typeof value === 'object' && value !== null)
    // Assigned, `__proto__` would not be a key.
    Object.defineProperty(value, KEYS[at % KEYS.length]!, {
      value: mark,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  else holder[key] = mark
  return copy.tree
}
