// The params of a method as form fields, derived from its JSON Schema, so that a new detector needs no code here.
// new detector needs nothing here.
import { z } from 'zod'
import { formatDuration } from '../../../shared/domain/format.ts'
import type { MethodOut } from '../../../shared/schemas/rule.ts'

export type ParamValue = number | string | boolean

export interface ParamField {
  name: string
  kind: 'number' | 'text' | 'flag' | 'choice'
  description: string | undefined
  /** The default. */
  defaultValue: ParamValue | undefined
  /** Bounds of a number. */
  min: number | undefined
  max: number | undefined
  isInteger: boolean
  choices: readonly string[]
}

const property = z.object({
  type: z.enum(['number', 'integer', 'string', 'boolean']).catch('string'),
  description: z.string().optional(),
  default: z.union([z.number(), z.string(), z.boolean()]).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  enum: z.array(z.string()).optional(),
})

const schema = z.object({ properties: z.record(z.string(), property).default({}) })

export const paramFieldsOf = ({ params }: Pick<MethodOut, 'params'>): ParamField[] =>
  Object.entries(schema.parse(params).properties).map(([name, { type, ...each }]) => ({
    name,
    kind: each.enum ? 'choice' : KINDS[type],
    // Descriptions of the schema use backticks for code.
    description: each.description?.replaceAll('`', ''),
    defaultValue: each.default,
    min: meaningfulBound(each.minimum),
    max: meaningfulBound(each.maximum),
    isInteger: type === 'integer',
    choices: each.enum ?? [],
  }))

const KINDS = { number: 'number', integer: 'number', string: 'text', boolean: 'flag' } as const

/** A larger bound is that of the number format and means nothing to a person. */
const MAX_MEANINGFUL_BOUND = 1e12

const meaningfulBound = (bound: number | undefined) =>
  bound !== undefined && Math.abs(bound) < MAX_MEANINGFUL_BOUND ? bound : undefined

/** `min_change` becomes `min change`. */
export const paramName = (name: string): string => name.replaceAll('_', ' ')

const SECONDS = '_seconds'

/** `min_change` at 0.5 becomes `min change 0.5`, and `at_least_seconds` at 300 `at least 5 min`. */
export const describeParam = (name: string, value: unknown): string =>
  name.endsWith(SECONDS) && typeof value === 'number'
    ? `${paramName(name.slice(0, -SECONDS.length))} ${formatDuration(value * 1000)}`
    : `${paramName(name)} ${String(value)}`
