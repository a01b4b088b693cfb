// The typed client. It turns a call into a request and hands it to a transport, which may be HTTP or IPC.
import type { AnswerOf, CallOf, EveryKeyOptional, Operation } from '../contract/operation.ts'
import { operations, type Operations } from '../contract/operations.ts'
import { problem, type Problem } from '../schemas/problem.ts'

export interface TransportRequest {
  method: Operation['method']
  /** Path and query, encoded. */
  url: string
  headers: Record<string, string>
  /** Plain JSON, or undefined if the request has no body. */
  body: unknown
  /** The response may take minutes. */
  slow?: boolean
}

export interface TransportResponse {
  status: number
  body: unknown
}

export type Transport = (request: TransportRequest) => Promise<TransportResponse>

/** A failed call, with the problem document that explains it. */
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

/** A call rejects with CallError if its response is a failure. */
export function createClient(transport: Transport): Client {
  const callOf =
    (declared: Operation) =>
    async (call: AnyCall = {}) => {
      const response = await transport(requestOf(declared, call))
      if (response.status === declared.status) return response.body
      throw new CallError(problemOf(response))
    }
  return Object.fromEntries(
    Object.entries(operations).map(([name, declared]) => [name, callOf(declared)]),
  ) as unknown as Client
}

function requestOf(declared: Operation, call: AnyCall): TransportRequest {
  const path = declared.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(call.params?.[key])))
  const query = definedPairs(call.query)
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .join('&')
  return {
    method: declared.method,
    url: query ? `${path}?${query}` : path,
    headers: Object.fromEntries(definedPairs(call.headers)),
    body: call.body,
    ...(declared.slow && { slow: true }),
  }
}

const definedPairs = (values: AnyCall['query'] = {}) =>
  Object.entries(values).flatMap(([key, value]): [string, string][] =>
    value === undefined || value === null ? [] : [[key, String(value)]],
  )

function problemOf({ status, body }: TransportResponse): Problem {
  const parsed = problem.safeParse(body)
  return parsed.success
    ? parsed.data
    : { type: 'about:blank', title: 'Unexpected response', status, detail: `Tocsin responded with status ${status}.` }
}
