// The declaration of one operation, and the types derived from it.
import type { z } from 'zod'

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** With parameters as `:name`. */
  readonly path: string
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly headers?: z.ZodObject
  readonly body?: z.ZodType
  /** Status of a success; 204 has no answer. */
  readonly status: 200 | 201 | 202 | 204
  readonly answer?: z.ZodType
  /** Error statuses in addition to `COMMON_ERRORS`. */
  readonly errors?: readonly number[]
  /** Whether agents may call it without a token. */
  readonly open?: boolean
  /** Whether it may take minutes, such as a call of a language model. */
  readonly slow?: boolean
}

export const BASE = '/api/anomaly'

/** Errors of operations with a body: malformed, too large or of the wrong type. */
export const BODY_ERRORS = [400, 413, 415] as const

/** Errors of every operation, from guards and schema validation. */
export const COMMON_ERRORS = [401, 403, 421, 422] as const

/** Checks a declaration and keeps its literal types. */
export const operation = <const O extends Operation>(declared: O): O => declared

type Part<
  O extends Operation,
  K extends 'params' | 'query' | 'headers' | 'body',
  Side extends 'in' | 'out',
> = O[K] extends z.ZodType ? (Side extends 'in' ? z.input<O[K]> : z.output<O[K]>) : undefined

type Without<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] }

/** Whether `{}` satisfies T. */
export type EveryKeyOptional<T> = Partial<T> extends T ? true : false

type LooseParts<T> = { [K in keyof T as EveryKeyOptional<T[K]> extends true ? never : K]: T[K] } & {
  [K in keyof T as EveryKeyOptional<T[K]> extends true ? K : never]?: T[K]
}

/** What a caller passes: fields with defaults are optional. */
export type CallOf<O extends Operation> = LooseParts<
  Without<{
    params: Part<O, 'params', 'in'>
    query: Part<O, 'query', 'in'>
    headers: Part<O, 'headers', 'in'>
    body: Part<O, 'body', 'in'>
  }>
>

/** What a handler receives: validated, with defaults filled in. */
export type RequestOf<O extends Operation> = Without<{
  params: Part<O, 'params', 'out'>
  query: Part<O, 'query', 'out'>
  headers: Part<O, 'headers', 'out'>
  body: Part<O, 'body', 'out'>
}>

export type AnswerOf<O extends Operation> = O['answer'] extends z.ZodType ? z.output<O['answer']> : void
