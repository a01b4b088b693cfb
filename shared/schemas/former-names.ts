// Renamed fields. The API keeps their former names: an answer carries both names, and an input may use either.
import { z } from 'zod'

const formerNames = z.registry<{ formerName: string }>()

/** Declares that a field of an object had another name in an earlier version. */
export function renamed<T extends z.ZodType>(formerName: string, schema: T): T {
  // A clone, since building blocks such as `id` are shared among fields.
  const clone: T = schema.clone()
  formerNames.add(clone, { formerName })
  return clone
}

/** The wrappers of a schema, `optional` and others, removed. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unwrap(schema.def.innerType)
  return schema
}

const formerNameOf = (field: z.core.$ZodType): string | undefined =>
  (formerNames.get(field) ?? formerNames.get(unwrap(field)))?.formerName

/** The renamed fields of one object, as pairs of current and former name. */
export const renamedFields = ({ shape }: z.ZodObject): [current: string, former: string][] =>
  Object.entries(shape).flatMap(([name, field]): [string, string][] => {
    const former = formerNameOf(field)
    return former === undefined ? [] : [[name, former]]
  })

/** The places of renamed fields in a value. */
interface Renames {
  own: [current: string, former: string][]
  fields: [name: string, renames: Renames][]
  items: Renames | null
}

const known = new WeakMap<z.core.$ZodType, { renames: Renames | null }>()

function renamesIn(wrapped: z.core.$ZodType): Renames | null {
  const cached = known.get(wrapped)
  if (cached) return cached.renames
  const renames = findRenames(unwrap(wrapped))
  known.set(wrapped, { renames })
  return renames
}

function findRenames(schema: z.core.$ZodType): Renames | null {
  if (schema instanceof z.ZodArray) {
    const items = renamesIn(schema.element)
    return items && { own: [], fields: [], items }
  }
  if (!(schema instanceof z.ZodObject)) return null
  const own = renamedFields(schema)
  const fields = Object.entries(schema.shape).flatMap(([name, field]): Renames['fields'] => {
    const renames = renamesIn(field as z.core.$ZodType)
    return renames ? [[name, renames]] : []
  })
  return own.length > 0 || fields.length > 0 ? { own, fields, items: null } : null
}

/** Whether any field of the schema, at any depth, was renamed. */
export const hasRenames = (schema: z.ZodType): boolean => renamesIn(schema) !== null

type Fields = Record<string, unknown>

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** An answer with the former name of each renamed field beside the current one. */
export const withFormerNames = (schema: z.ZodType, answer: unknown): unknown => addFormer(renamesIn(schema), answer)

function addFormer(renames: Renames | null, value: unknown): unknown {
  if (!renames || !isObject(value)) return value
  if (Array.isArray(value)) return value.map((item) => addFormer(renames.items, item))
  const fields = { ...value }
  // From the inside out, so that what stands under a former name has former names in it, too.
  for (const [name, inner] of renames.fields) if (name in fields) fields[name] = addFormer(inner, fields[name])
  for (const [current, former] of renames.own) if (current in fields) fields[former] = fields[current]
  return fields
}

interface CurrentNames {
  input: unknown
  /** Paths of the fields that came under both names with different values. */
  conflicts: PropertyKey[][]
}

/** An input with current names only. If a field comes under both names, the current one is taken. */
export function withCurrentNames(schema: z.ZodType, input: unknown): CurrentNames {
  const conflicts: PropertyKey[][] = []
  return { input: replaceFormer(renamesIn(schema), input, [], conflicts), conflicts }
}

function replaceFormer(renames: Renames | null, value: unknown, path: PropertyKey[], conflicts: PropertyKey[][]) {
  if (!renames || !isObject(value)) return value
  if (Array.isArray(value))
    return value.map((item, index): unknown => replaceFormer(renames.items, item, [...path, index], conflicts))
  const fields = { ...value }
  for (const [current, former] of renames.own) {
    if (!(former in fields)) continue
    if (!(current in fields)) fields[current] = fields[former]
    else if (!isSame(fields[current], fields[former])) conflicts.push([...path, current])
    delete fields[former]
  }
  for (const [name, inner] of renames.fields)
    if (name in fields) fields[name] = replaceFormer(inner, fields[name], [...path, name], conflicts)
  return fields
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
