// The typed client. It turns a call into a request and hands it to a carrier; it can't tell HTTP from IPC.
import type { AnswerOf, CallOf, EveryKeyOptional, Operation } from '../contract/operation.ts'
import { operations, type Operations } from '../contract/operations.ts'
import { problem, type Problem } from '../schemas/problem.ts'

export interface CarrierRequest {
  method: Operation['method']
  /** Path and query, encoded. */
  url: string
  headers: Record<string, string>
  /** Plain JSON; undefined where there is none. */
  body: unknown
  /** The answer may take minutes. */
  slow?: boolean
}

export interface CarrierAnswer {
  status: number
  body: unknown
}

export type Carrier = (request: CarrierRequest) => Promise<CarrierAnswer>

/** A refused call, with the problem document that says why. */
export class CallError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'CallError'
    this.problem = problem
  }
}

interface AnyCall {
  params?: Record<string, string | number>
  query?: Record<string, string | number | boolean | null | undefined>
  headers?: Record<string, string | undefined>
  body?: unknown
}

export type Client = {
  [K in keyof Operations]: EveryKeyOptional<CallOf<Operations[K]>> extends true
    ? (call?: CallOf<Operations[K]>) => Promise<AnswerOf<Operations[K]>>
    : (call: CallOf<Operations[K]>) => Promise<AnswerOf<Operations[K]>>
}

/** Rejects with CallError where the answer is a failure. */
export function createClient(carrier: Carrier): Client {
  const callOf =
    (declared: Operation) =>
    async (call: AnyCall = {}) => {
      const answer = await carrier(requestOf(declared, call))
      if (answer.status === declared.status) return answer.body
      throw new CallError(problemOf(answer))
    }
  return Object.fromEntries(
    Object.entries(operations).map(([name, declared]) => [name, callOf(declared)]),
  ) as unknown as Client
}

function requestOf(declared: Operation, call: AnyCall): CarrierRequest {
  const path = declared.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(call.params?.[key])))
  const query = given(call.query)
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .join('&')
  return {
    method: declared.method,
    url: query ? `${path}?${query}` : path,
    headers: Object.fromEntries(given(call.headers)),
    body: call.body,
    ...(declared.slow && { slow: true }),
  }
}

const given = (values: AnyCall['query'] = {}) =>
  Object.entries(values).flatMap(([key, value]): [string, string][] =>
    value === undefined || value === null ? [] : [[key, String(value)]],
  )

function problemOf({ status, body }: CarrierAnswer): Problem {
  const parsed = problem.safeParse(body)
  return parsed.success
    ? parsed.data
    : { type: 'about:blank', title: 'Unexpected answer', status, detail: `Tocsin answered with status ${status}.` }
}
