// What a server of the protocol can do wrong, and which error is reported.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { complete, namesOfModels, type Server } from '../../../../electron/core/explain/llm/server.ts'
import { answerSoundly, MODELS, sendJson, startModelServer, WORDS, type ModelServer } from './model-server.ts'

const KEY = 'sk-very-secret-0123456789'
const BODY = '{"model":"m","messages":[]}'

let model: ModelServer
let ending: AbortController
beforeEach(async () => {
  model = await startModelServer()
  ending = new AbortController()
})
afterEach(() => model.close())

const server = (given: Partial<Server> = {}): Server => ({
  url: model.url,
  key: KEY,
  timeoutSeconds: 5,
  ending: ending.signal,
  ...given,
})

const replyWith = (content: unknown) => (response: ServerResponse) =>
  sendJson(response, 200, { choices: [{ message: { role: 'assistant', content } }] })

const failure = (given?: Partial<Server>) =>
  complete(server(given), BODY).then(
    () => expect.unreachable('it should fail'),
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  )

describe('a sound server', () => {
  it('gets the body as it is, with the key, and its words come back', async () => {
    expect(await complete(server(), BODY)).toBe(WORDS)
    expect(model.received).toMatchObject([{ method: 'POST', path: '/v1/chat/completions', body: BODY }])
    expect(model.received[0]!.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
    })
  })

  it('gets no key if none is set, and its URL may end with a slash', async () => {
    await complete(server({ key: undefined, url: `${model.url}/` }), BODY)
    expect(model.received[0]!.path).toBe('/v1/chat/completions')
    expect(model.received[0]!.headers.authorization).toBeUndefined()
  })

  it('lists its models', async () => {
    expect(await namesOfModels(server())).toEqual(MODELS)
  })

  it('has thoughts that are left out', async () => {
    model.behave(replyWith('<think>\nA disk?\n</think>\n\nThe disk is full.'))
    expect(await complete(server(), BODY)).toBe('The disk is full.')
  })
})

describe('an error is reported', () => {
  it.each<[what: string, behave: Parameters<ModelServer['behave']>[0], message: RegExp]>([
    ['500', (response) => sendJson(response, 500, {}), /answered with 500 Internal Server Error\.$/],
    [
      'a model that is not there',
      (response) => sendJson(response, 404, { error: { message: 'model "m" not found' } }),
      /answered with 404 Not Found: model "m" not found\.$/,
    ],
    ['an error as text', (response) => sendJson(response, 400, { error: 'no.' }), /400 Bad Request: no\.$/],
    ['401', (response) => sendJson(response, 401, {}), /rejected the API key \(401 Unauthorized\)\.$/],
    ['no JSON', (response) => response.end('<html>Welcome</html>'), /did not answer with JSON\.$/],
    ['other JSON', (response) => sendJson(response, 200, { choices: [] }), /JSON that is not a chat completion\.$/],
    ['no words', replyWith('  '), /answered with an empty message\.$/],
    ['words that are none', replyWith(null), /JSON that is not a chat completion\.$/],
    ['a huge answer', (response) => replyWith('x'.repeat(300 * 1024))(response), /more than 256 KiB\.$/],
    [
      'a broken connection',
      (response) => response.destroy(),
      /could not be reached: the server closed the connection\.$/,
    ],
  ])('%s', async (_what, behave, message) => {
    model.behave(behave)
    expect(await failure()).toEqual({ code: 'UPSTREAM_FAILED', message: expect.stringMatching(message) })
    expect((await failure()).message).toContain(model.url)
  })

  it('a huge answer is not read to its end', async () => {
    let sent = 0
    model.behave((response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) sent += 65_536
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    expect((await failure()).message).toMatch(/more than 256 KiB/)
    expect(sent).toBeLessThan(32 * 1024 * 1024)
  })

  it('a redirect, which is not followed', async () => {
    let visited = false
    const other = createServer((_, response) => {
      visited = true
      answerSoundly(response, { method: 'POST', path: '/v1/chat/completions', headers: {}, body: '' })
    }).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/v1/chat/completions`
    model.behave((response) => response.writeHead(307, { location }).end())
    expect(await failure()).toEqual({
      code: 'UPSTREAM_FAILED',
      message: expect.stringMatching(/redirect \(307 Temporary Redirect\), which is not followed\.$/),
    })
    expect(visited).toBe(false)
    other.close()
  })

  it('no server', async () => {
    await model.close()
    expect(await failure()).toEqual({
      code: 'UPSTREAM_FAILED',
      message: `${model.url} could not be reached: connection refused.`,
    })
  })

  it.each<[what: string, behave: Parameters<ModelServer['behave']>[0]]>([
    ['no answer', () => {}],
    ['an answer that does not end', (response) => void response.writeHead(200).write('{"choices"')],
  ])('%s in time', async (_what, behave) => {
    model.behave(behave)
    const begun = performance.now()
    expect(await failure({ timeoutSeconds: 1 })).toEqual({
      code: 'UPSTREAM_TIMEOUT',
      message: `${model.url} did not answer within 1 s.`,
    })
    expect(performance.now() - begun).toBeLessThan(3000)
  })

  it('Tocsin ends', async () => {
    model.behave(() => ending.abort())
    expect(await failure()).toMatchObject({ code: 'OVERLOADED' })
  })
})

describe('the key', () => {
  it('is taken out of what the server repeats', async () => {
    model.behave((response) => sendJson(response, 401, { error: { message: `Incorrect API key provided: ${KEY}` } }))
    const { message } = await failure()
    expect(message).toContain('Incorrect API key provided: •••')
    expect(message).not.toContain(KEY)
    model.behave(replyWith(`You sent ${KEY}`))
    expect(await complete(server(), BODY)).toBe('You sent •••')
  })
})
