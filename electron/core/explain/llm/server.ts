// A client of servers that speak the OpenAI protocol: Ollama, llama.cpp, vLLM or a cloud. Every failure has a message.
import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { AppError } from '../../platform/errors.ts'

export interface Server {
  /** The base of the protocol's paths: `http://127.0.0.1:11434/v1`. */
  url: string
  key: string | undefined
  timeoutSeconds: number
  /** Aborts pending requests. */
  ending: AbortSignal
}

/** An answer of a few hundred words takes a few kilobytes. */
const MAX_BYTES = 256 * 1024
const MAX_MODELS = 200
const MAX_ERROR_LENGTH = 300

const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) })
const modelList = z.object({ data: z.array(z.object({ id: z.string() })) })

/**
 * The text of the answer to a request body.
 *
 * @throws AppError UPSTREAM_FAILED if the server can't be reached, rejects the request or sends an unusable answer, UPSTREAM_TIMEOUT if it is too slow
 */
export async function complete(server: Server, body: string): Promise<string> {
  const answer = completion.safeParse(await call(server, 'POST', '/chat/completions', body)).data
  if (!answer) throw failed(server, 'answered with JSON that is not a chat completion')
  // Some servers leave the model's reasoning in its answer.
  const text = answer.choices[0]!.message.content.replace(/^\s*<think>.*?<\/think>/s, '').trim()
  if (text === '') throw failed(server, 'answered with an empty message')
  return text
}

/** The names of the models that the server has. Throws as `complete` does. */
export async function namesOfModels(server: Server): Promise<string[]> {
  const answer = modelList.safeParse(await call(server, 'GET', '/models')).data
  if (!answer) throw failed(server, 'answered with JSON that is not a list of models')
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
      // Nobody has agreed to another host, which would get the key.
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutSeconds * 1000), ending]),
    })
    // A server that repeats the key in an answer must not leak it.
    const text = withoutKey(await readBounded(server, response), key)
    rejectFailure(server, response.status, text)
    return jsonOf(server, text)
  } catch (error) {
    throw error instanceof AppError ? error : unreached(server, error)
  }
}

async function readBounded(server: Server, { body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop aborts the transfer.
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > MAX_BYTES) throw failed(server, `answered with more than ${MAX_BYTES / 1024} KiB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const withoutKey = (text: string, key: string | undefined) => (key === undefined ? text : text.replaceAll(key, '•••'))

function rejectFailure(server: Server, status: number, text: string): void {
  if (status < 300) return
  const statusLine = `${status} ${STATUS_CODES[status] ?? ''}`.trim()
  if (status < 400) throw failed(server, `answered with a redirect (${statusLine}), which is not followed`)
  if (status === 401 || status === 403) throw failed(server, `rejected the API key (${statusLine})${errorIn(text)}`)
  throw failed(server, `answered with ${statusLine}${errorIn(text)}`)
}

const errorBody = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) })

/** The server's own message, such as that the model does not exist. */
function errorIn(text: string): string {
  const error = errorBody.safeParse(parsed(text)).data?.error
  const words = typeof error === 'object' ? error.message : error
  return words ? `: ${words.slice(0, MAX_ERROR_LENGTH)}` : ''
}

function jsonOf(server: Server, text: string): unknown {
  const json = parsed(text)
  if (json === undefined) throw failed(server, 'did not answer with JSON')
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
  if (server.ending.aborted) return new AppError('OVERLOADED', 'Tocsin is shutting down.')
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
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the server closed the connection',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'the host name could not be resolved',
  UND_ERR_SOCKET: 'the server closed the connection',
}
