// Sends random requests to a running Tocsin. Every answer must be a 2xx or a 4xx, or 503 if it is overloaded, and come
// within seconds; memory must not grow with the number of knocks.
import { Agent, request as httpRequest } from 'node:http'
import fc from 'fast-check'
import type { HostProcess } from '../support/host-process.ts'
import { readMemoryOf, type Memory } from './memory.ts'
import { knocks, type Knock } from './requests.ts'

export interface Fuzzing {
  cases: number
  seed: number
  /** Answers by status. */
  statuses: Record<number, number>
  seconds: number
  /** After a fifth of the cases, and in the end. */
  memory: { warm: Memory; end: Memory }
}

const PATIENCE = 10_000

/**
 * Bytes that may come from after a fifth of the cases until the end. Retained is what stays after a collection: some
 * MB for code that was compiled and names that were new. What is resident falls and rises with the allocator's pieces.
 */
const MAX_GROWTH: Memory = { retained: 15_000_000, resident: 100_000_000 }

/** The host must be inspected. Rejects with the case and its seed if one is answered as it must not be, and if memory grows. */
export async function fuzz({ url, token, inspector }: HostProcess, cases: number, seed: number): Promise<Fuzzing> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const statuses: Record<number, number> = {}
  const reader = await readMemoryOf(inspector)
  let warm = await reader.read()
  const begun = performance.now()
  let known = token
  let count = 0

  const knock = async (asked: Knock) => {
    const authorization = `Bearer ${known}`
    const { status, text } = await send(agent, url, { ...asked, headers: { authorization, ...asked.headers } })
    if (status === 200 && asked.name.startsWith('rotateToken')) known = JSON.parse(text).token
    statuses[status] = (statuses[status] ?? 0) + 1
    const isAsItMustBe = (status >= 200 && status < 300) || (status >= 400 && status < 500) || status === 503
    if (!isAsItMustBe)
      throw new Error(`${status} for ${asked.name}, ${asked.method} ${asked.path.slice(0, 300)}: ${text.slice(0, 300)}`)
    if (++count === Math.ceil(cases / 5)) warm = await reader.read()
  }

  try {
    const { failed, counterexamplePath, errorInstance } = await fc.check(fc.asyncProperty(knocks, knock), {
      numRuns: cases,
      seed,
      endOnFailure: true,
    })
    if (failed) throw new Error(`Seed ${seed}, path ${counterexamplePath}`, { cause: errorInstance })
    const memory = { warm, end: await reader.read() }
    for (const kind of ['retained', 'resident'] as const)
      if (memory.end[kind] - warm[kind] > MAX_GROWTH[kind])
        throw new Error(`Seed ${seed}: memory ${kind} grew from ${warm[kind]} to ${memory.end[kind]} bytes`)
    return { cases, seed, statuses, memory, seconds: (performance.now() - begun) / 1000 }
  } finally {
    reader.end()
    agent.destroy()
  }
}

function send(
  agent: Agent,
  url: string,
  { method, path, headers, body }: Knock,
): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>()
  const { hostname: host, port } = new URL(url)
  const length = body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': body.length }
  const request = httpRequest(
    { agent, host, port, method, path, headers: { ...length, ...headers }, timeout: PATIENCE },
    (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (more: string) => (text += more))
      response.on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    },
  )
  request.on('timeout', () => request.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)))
  request.on('error', reject)
  request.end(body)
  return promise
}
