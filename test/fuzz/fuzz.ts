// Knocks at a running Tocsin, again and again. Every answer must be a 2xx or a 4xx, or 503 where it is overloaded, and come
// within seconds; memory must not grow with the number of knocks.
import { Agent, request as httpRequest } from 'node:http'
import fc from 'fast-check'
import type { HostProcess } from '../host-process.ts'
import { knocks, type Knock } from './requests.ts'

export interface Fuzzing {
  cases: number
  seed: number
  /** Answers by status. */
  statuses: Record<number, number>
  seconds: number
  /** Bytes, resident: after a fifth of the cases, and in the end. */
  memory: { warm: number; end: number }
}

const PATIENCE = 10_000

/** Rejects with the case and its seed where one is answered as it must not be. */
export async function fuzz({ url, token }: HostProcess, cases: number, seed: number): Promise<Fuzzing> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const statuses: Record<number, number> = {}
  const memory = { warm: 0, end: 0 }
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
    if (++count === Math.ceil(cases / 5)) memory.warm = await memoryOf()
  }
  const memoryOf = async () => {
    const headers = { authorization: `Bearer ${known}` }
    const { text } = await send(agent, url, { name: 'metrics', method: 'GET', path: '/metrics', headers })
    return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1])
  }

  const { failed, counterexamplePath, errorInstance } = await fc.check(fc.asyncProperty(knocks, knock), {
    numRuns: cases,
    seed,
    endOnFailure: true,
  })
  if (failed) throw new Error(`Seed ${seed}, path ${counterexamplePath}`, { cause: errorInstance })
  memory.end = await memoryOf()
  agent.destroy()
  return { cases, seed, statuses, memory, seconds: (performance.now() - begun) / 1000 }
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
