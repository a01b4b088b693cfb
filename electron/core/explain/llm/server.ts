// Talking to a server of the OpenAI protocol: Ollama, llama.cpp, vLLM or a cloud. Whatever goes wrong is said in words.
import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { AppError } from '../../platform/errors.ts'

export interface Server {
  /** Up to where the paths of the protocol begin: `http://127.0.0.1:11434/v1`. */
  url: string
  key: string | undefined
  timeoutSeconds: number
  /** Ends what is under way. */
  ending: AbortSignal
}

/** An answer of some hundred words has a few kilobytes. */
const MAX_BYTES = 256 * 1024
const MAX_MODELS = 200
const MAX_COMPLAINT = 300

const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) })
const modelList = z.object({ data: z.array(z.object({ id: z.string() })) })

/**
 * The words that answer a request body.
 *
 * @throws AppError UPSTREAM_FAILED where the server can't be reached, refuses or answers what is no answer, UPSTREAM_TIMEOUT where it is too slow
 */
export async function complete(server: Server, body: string): Promise<string> {
  const answer = completion.safeParse(await call(server, 'POST', '/chat/completions', body)).data
  if (!answer) throw failed(server, 'answered with JSON that is no chat completion')
  // Some servers leave what a model thought to itself in its answer.
  const words = answer.choices[0]!.message.content.replace(/^\s*<think>.*?<\/think>/s, '').trim()
  if (words === '') throw failed(server, 'answered with no words')
  return words
}

/** The names of the models that the server has. Throws as `complete` does. */
export async function namesOfModels(server: Server): Promise<string[]> {
  const answer = modelList.safeParse(await call(server, 'GET', '/models')).data
  if (!answer) throw failed(server, 'answered with JSON that is no list of models')
  return answer.data.slice(0, MAX_MODELS).map(({ id }) => id)
}

async function call(server: Server, method: string, path: string, body?: string): Promise<unknown> {
  const { url, key, timeoutSeconds, ending } = server
  try {
    const response = await fetch(url.replace(/\/+$/, '') + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      ...(body !== undefined && { body }),
      // Another host has not been agreed to, and would get the key.
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutSeconds * 1000), ending]),
    })
    // A server that repeats its key in an answer must not make it known.
    const text = withoutKey(await readBounded(server, response), key)
    refuseFailure(server, response.status, text)
    return jsonOf(server, text)
  } catch (error) {
    throw error instanceof AppError ? error : unreached(server, error)
  }
}

async function readBounded(server: Server, { body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop ends the transfer.
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > MAX_BYTES) throw failed(server, `answered with more than ${MAX_BYTES / 1024} KiB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const withoutKey = (text: string, key: string | undefined) => (key === undefined ? text : text.replaceAll(key, '•••'))

function refuseFailure(server: Server, status: number, text: string): void {
  if (status < 300) return
  const said = `${status} ${STATUS_CODES[status] ?? ''}`.trim()
  if (status < 400) throw failed(server, `answered with a redirect (${said}), which is not followed`)
  if (status === 401 || status === 403) throw failed(server, `refused the key (${said})${complaintIn(text)}`)
  throw failed(server, `answered with ${said}${complaintIn(text)}`)
}

const complaint = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) })

/** What the server itself says was wrong: a model that isn't there, mostly. */
function complaintIn(text: string): string {
  const error = complaint.safeParse(parsed(text)).data?.error
  const words = typeof error === 'object' ? error.message : error
  return words ? `: ${words.slice(0, MAX_COMPLAINT)}` : ''
}

function jsonOf(server: Server, text: string): unknown {
  const json = parsed(text)
  if (json === undefined) throw failed(server, 'answered with something that is not JSON')
  return json
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const failed = ({ url }: Server, what: string) => new AppError('UPSTREAM_FAILED', `${url} ${what.replace(/\.$/, '')}.`)

function unreached(server: Server, error: unknown): AppError {
  const { name, cause } = error as Error
  if (server.ending.aborted) return new AppError('OVERLOADED', 'Tocsin is ending.')
  if (name === 'TimeoutError')
    return new AppError('UPSTREAM_TIMEOUT', `${server.url} did not answer within ${server.timeoutSeconds} s.`, {
      cause: error,
    })
  const { code = '', message } = (cause ?? error) as NodeJS.ErrnoException
  return new AppError('UPSTREAM_FAILED', `${server.url} could not be reached: ${REASONS[code] ?? (message || code)}.`, {
    cause: error,
  })
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it ended the connection',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  UND_ERR_SOCKET: 'it ended the connection',
}
