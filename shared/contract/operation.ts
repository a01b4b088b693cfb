// What one operation is, and the types that follow from it.
import type { z } from 'zod'

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Values in the path stand as `:name`. */
  readonly path: string
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly headers?: z.ZodObject
  readonly body?: z.ZodType
  /** The status of success; 204 has no answer. */
  readonly status: 200 | 201 | 202 | 204
  readonly answer?: z.ZodType
  /** Statuses of failure beyond those that every operation shares (`COMMON_ERRORS`). */
  readonly errors?: readonly number[]
  /** Agents may post without a token. */
  readonly open?: boolean
  /** A language model may have a part in it, which takes its time. */
  readonly slow?: boolean
}

export const BASE = '/api/anomaly'

/** Bodies can be broken, too large or of the wrong type. */
export const BODY_ERRORS = [400, 413, 415] as const

/** Guards and schemas stand before every operation. */
export const COMMON_ERRORS = [401, 403, 421, 422] as const

/** Keeps the literal types of a declaration while checking its shape. */
export const operation = <const O extends Operation>(declared: O): O => declared

type Part<
  O extends Operation,
  K extends 'params' | 'query' | 'headers' | 'body',
  Side extends 'in' | 'out',
> = O[K] extends z.ZodType ? (Side extends 'in' ? z.input<O[K]> : z.output<O[K]>) : undefined

type Without<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] }

/** Whether nothing at all satisfies T. */
export type EveryKeyOptional<T> = Partial<T> extends T ? true : false

type LooseParts<T> = { [K in keyof T as EveryKeyOptional<T[K]> extends true ? never : K]: T[K] } & {
  [K in keyof T as EveryKeyOptional<T[K]> extends true ? K : never]?: T[K]
}

/** What a caller hands over: defaults may be left out. */
export type CallOf<O extends Operation> = LooseParts<
  Without<{
    params: Part<O, 'params', 'in'>
    query: Part<O, 'query', 'in'>
    headers: Part<O, 'headers', 'in'>
    body: Part<O, 'body', 'in'>
  }>
>

/** What a handler receives: checked, with defaults filled in. */
export type RequestOf<O extends Operation> = Without<{
  params: Part<O, 'params', 'out'>
  query: Part<O, 'query', 'out'>
  headers: Part<O, 'headers', 'out'>
  body: Part<O, 'body', 'out'>
}>

export type AnswerOf<O extends Operation> = O['answer'] extends z.ZodType ? z.output<O['answer']> : void
