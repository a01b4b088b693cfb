// A server on this machine that speaks the protocol of language models, and misbehaves on demand.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}

export interface ModelServer {
  /** What is set in the settings. */
  url: string
  received: Received[]
  /** How the next requests are answered; whatever is left out is as it should be. */
  behave(how: (response: ServerResponse, request: Received) => void): void
  close(): Promise<void>
}

export const MODELS = ['small-model', 'large-model']

/** The words of every sound answer. */
export const WORDS = 'The backup <b>fills</b> the disk.'

export async function startModelServer(): Promise<ModelServer> {
  const received: Received[] = []
  let behave: Parameters<ModelServer['behave']>[0] = answerSoundly
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (more: string) => (body += more))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const whole = { method, path: url, headers, body }
      received.push(whole)
      behave(response, whole)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    behave: (how) => void (behave = how),
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

export function answerSoundly(response: ServerResponse, { method, path }: Received): void {
  if (method === 'GET' && path === '/v1/models')
    return sendJson(response, 200, { object: 'list', data: MODELS.map((id) => ({ id, object: 'model' })) })
  if (method === 'POST' && path === '/v1/chat/completions')
    return sendJson(response, 200, {
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: WORDS }, finish_reason: 'stop' }],
    })
  sendJson(response, 404, { error: { message: 'There is nothing here.' } })
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
