// Every renamed field of the contract answers to its former name, in answers and in inputs.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Operation } from '../../shared/contract/operation.ts'
import { operations, type OperationName } from '../../shared/contract/operations.ts'
import { anyChange } from '../../shared/schemas/change.ts'
import { hasRenames, renamedFields, withCurrentNames, withFormerNames } from '../../shared/schemas/former-names.ts'
import { PLAIN_ANSWERS } from '../../electron/core/api/routes.ts'

type Fields = Record<string, unknown>
type Path = (string | number)[]

interface Rename {
  /** Of the object that has the field. */
  path: Path
  current: string
  former: string
}

const ALL: [string, Operation][] = Object.entries(operations)
const IN_AND_OUT = ALL.flatMap(([name, declared]) =>
  (['query', 'body', 'answer'] as const).flatMap((part): [string, z.ZodType][] => {
    const schema = declared[part]
    return schema && hasRenames(schema) ? [[`${name} ${part}`, schema]] : []
  }),
)
const INPUTS = IN_AND_OUT.filter(([name]) => !name.endsWith('answer'))

const defOf = (schema: z.core.$ZodType): Fields => ({ ...(schema as z.ZodType).def })

/** All renames of a schema, found in whatever wraps them. */
function renamesOf(schema: z.core.$ZodType, path: Path = []): Rename[] {
  const def = defOf(schema)
  if (schema instanceof z.ZodObject)
    return [
      ...renamedFields(schema).map(([current, former]) => ({ path, current, former })),
      ...Object.entries(schema.shape).flatMap(([name, field]) => renamesOf(field as z.core.$ZodType, [...path, name])),
    ]
  if (schema instanceof z.ZodArray) return renamesOf(schema.element, [...path, 0])
  const inner = [def.innerType, def.in, def.out, def.valueType, ...((def.options as unknown[] | undefined) ?? [])]
  return inner.flatMap((each) => (each instanceof z.core.$ZodType ? renamesOf(each, path) : []))
}

/** A value with every field of the schema; what is no object or array is a text of its own. */
function valueOf(schema: z.core.$ZodType, path: Path = []): unknown {
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries(schema.shape).map(([name, field]) => [name, valueOf(field as z.core.$ZodType, [...path, name])]),
    )
  if (schema instanceof z.ZodArray) return [valueOf(schema.element, [...path, 0])]
  const { innerType } = defOf(schema)
  return innerType instanceof z.core.$ZodType ? valueOf(innerType, path) : path.join('.')
}

const at = (value: unknown, path: Path) => path.reduce((inner, key) => (inner as Fields)[key], value) as Fields

test('the renamed fields are these', () => {
  const pairs = IN_AND_OUT.flatMap(([, schema]) => renamesOf(schema))
  expect([...new Set(pairs.map(({ former, current }) => `${former} → ${current}`))].toSorted()).toEqual([
    'database_check → integrity_check',
    'event_loop_longest → event_loop_lag_max',
    'is_being_made → in_progress',
    'judging_p99 → evaluation_p99',
    'made_at → created_at',
    'most → max',
    'most_series → max_series',
    'most_series_of_source → max_series_per_source',
    'most_sources → max_sources',
    'newest_rings → newest_firings',
    'night_rings → night_firings',
    'night_rings_per_week → night_firings_per_week',
    'posts_turned_away → rejected_posts',
    'power_loss_safe → durable_writes',
    'rings → firings',
    'rings_gone → firings_gone',
    'rings_per_week → firings_per_week',
    'said → feedback',
    'series_cut → series_truncated',
    'series_judged → series_evaluated',
    'series_refusal → series_rejection',
    'told → notified',
    'told_at → notified_at',
    'told_at_night → notified_at_night',
    'trouble → write_error',
    'usual → baseline',
  ])
})

test.each(IN_AND_OUT)('%s has both names', (_, schema) => {
  const renames = renamesOf(schema)
  expect(renames.length).toBeGreaterThan(0)
  const answer = withFormerNames(schema, valueOf(schema))
  for (const { path, current, former } of renames) {
    const fields = at(answer, path)
    expect(fields[current], current).toBeDefined()
    expect(fields[former], former).toEqual(fields[current])
  }
})

test.each(IN_AND_OUT)('%s is read by either name, and by both', (_, schema) => {
  const value = valueOf(schema)
  const both = withFormerNames(schema, value)
  expect(withCurrentNames(schema, both)).toEqual({ input: value, conflicts: [] })
  expect(withCurrentNames(schema, value)).toEqual({ input: value, conflicts: [] })

  const renames = renamesOf(schema)
  const former = structuredClone(both)
  for (const { path, current } of renames.toReversed()) delete at(former, path)[current]
  // By former names all the way down: what stands under a former name is the same value.
  for (const { path, former: name } of renames.filter(({ path: { length } }) => length === 0))
    expect(at(former, path)[name]).toBeDefined()
  expect(withCurrentNames(schema, former)).toEqual({ input: value, conflicts: [] })
})

describe('two values under both names', () => {
  test.each(IN_AND_OUT)('%s names each such field', (_, schema) => {
    for (const { path, current, former } of renamesOf(schema)) {
      const value = structuredClone(valueOf(schema))
      at(value, path)[former] = 'another'
      expect(withCurrentNames(schema, value).conflicts).toEqual([[...path, current]])
    }
  })
})

test('inputs with renamed fields are these', () => {
  expect(INPUTS.map(([name]) => name)).toEqual(['deleteSources query', 'checkBundle body', 'updateSettings body'])
})

test('what is not serialized by its schema has no renamed field', () => {
  const plain = ALL.filter(([name]) => PLAIN_ANSWERS.has(name as OperationName))
  expect(plain).toHaveLength(PLAIN_ANSWERS.size)
  for (const [name, { answer }] of plain) expect(hasRenames(answer!), name).toBe(false)
  expect(hasRenames(anyChange)).toBe(false)
})
