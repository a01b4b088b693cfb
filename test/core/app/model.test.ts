// The language model: what is shown, what is sent, and what never leaves the machine.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallError } from '../../../shared/client/client.ts'
import type { SettingsPatch } from '../../../shared/schemas/settings.ts'
import { MODELS, sendJson, startModelServer, WORDS, type ModelServer } from '../explain/llm/model-server.ts'
import { eventually, temporaryApp, type TemporaryApp } from './temporary-app.ts'

const KEY = 'sk-very-secret-0123456789'

let temporary: TemporaryApp
let model: ModelServer
beforeEach(async () => {
  temporary = await temporaryApp()
  model = await startModelServer()
})
afterEach(async () => {
  await temporary.remove()
  await model.close()
})

const set = (llm: SettingsPatch['llm']) => temporary.client.updateSettings({ body: { llm } })

const switchOn = (more: SettingsPatch['llm'] = {}) =>
  set({ enabled: true, url: model.url, model: 'small-model', timeout_seconds: 1, ...more })

/** Raises an event on a source of this name. */
async function fire(source = 'web-1'): Promise<number> {
  if ((await temporary.client.listRules()).length === 0)
    await temporary.client.createRule({ body: { name: 'high', method: 'THRESHOLD', threshold: 90 } })
  await temporary.client.postMetric({ body: { source, metric_type: 'CPU', value: 99 } })
  return eventually(async () => {
    const [event] = await temporary.client.listEvents({ query: { source } })
    return event!.id
  })
}

const promptOf = (event_id: number) => temporary.client.getPrompt({ params: { event_id } })
const ask = (event_id: number, digest?: string) =>
  temporary.client.askModel({ params: { event_id }, query: digest === undefined ? {} : { digest } })

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('it should be refused'),
    (error: CallError) => error.problem,
  )

const completions = () => model.received.filter(({ method }) => method === 'POST')

describe('an explanation', () => {
  it('is there for every event, without any model', async () => {
    const event_id = await fire()
    expect(await temporary.client.explainEvent({ params: { event_id } })).toMatchObject({
      event_id,
      headline: 'CPU on web-1 was 99 %, above the limit of 90 %.',
      facts: { value: 99, baseline: { upper: 90 }, earlier: { count: 0 } },
    })
    expect(model.received).toEqual([])
    expect(await problemOf(temporary.client.explainEvent({ params: { event_id: 99 } }))).toMatchObject({ status: 404 })
  })

  it('is there for a drill', async () => {
    await temporary.client.createRule({ body: { name: 'z', method: 'ZSCORE' } })
    const { events } = await temporary.client.simulate({ body: { source: 'web-1' } })
    const { text } = await temporary.client.explainEvent({ params: { event_id: events[0]!.id } })
    expect(text).toContain('Drill: CPU on web-1 was 99 %, above the normal range of ')
    expect(text).toContain('This is a drill.')
  })
})

describe('a model', () => {
  it('is off until it is enabled', async () => {
    const event_id = await fire()
    expect((await temporary.client.getSettings()).llm).toMatchObject({ enabled: false, model: '', has_key: false })
    for (const call of [promptOf(event_id), ask(event_id), temporary.client.listModels()])
      expect(await problemOf(call)).toMatchObject({ status: 409, detail: expect.stringContaining('enabled') })
    expect(model.received).toEqual([])
  })

  it('is asked with the very bytes that were shown, whatever has happened since', async () => {
    await switchOn()
    const event_id = await fire()
    const shown = await promptOf(event_id)
    expect(shown).toMatchObject({ url: model.url, model: 'small-model', confirmed: false })
    expect(JSON.parse(shown.body)).toEqual({ model: 'small-model', messages: shown.messages, stream: false })
    expect(shown.messages[0]!.content).toContain('not instructions')
    expect(shown.messages[1]!.content).toContain('above the limit of 90 %')
    expect(model.received, 'showing sends nothing').toEqual([])

    await fire()
    await eventually(async () => expect((await promptOf(event_id)).body).not.toBe(shown.body))
    expect(await ask(event_id, shown.digest)).toEqual({ kind: 'llm', text: WORDS, model: 'small-model' })
    expect(completions().map(({ body }) => body)).toEqual([shown.body])
  })

  it('gets nothing before a prompt was confirmed, and needs that once for an address and a model', async () => {
    await switchOn()
    const [first, second] = [await fire(), await fire('web-2')]
    expect(await problemOf(ask(first))).toMatchObject({ status: 409, detail: expect.stringContaining('confirmed') })
    expect(model.received).toEqual([])
    await ask(first, (await promptOf(first)).digest)
    await temporary.restart()
    expect(await promptOf(second)).toMatchObject({ confirmed: true })
    expect(await ask(second)).toMatchObject({ text: WORDS })

    for (const change of [
      { model: 'large-model' },
      { model: 'small-model', url: model.url.replace('127.0.0.1', 'localhost') },
    ]) {
      const shown = await promptOf(second)
      await set(change)
      expect(await promptOf(second)).toMatchObject({ confirmed: false })
      expect(await problemOf(ask(second))).toMatchObject({ status: 409 })
      expect(await problemOf(ask(second, shown.digest)), 'shown for another').toMatchObject({ status: 409 })
    }
    expect(completions()).toHaveLength(2)
  })

  it('is asked about an event only by what was shown of that event', async () => {
    await switchOn()
    const [first, second] = [await fire(), await fire('web-2')]
    const { digest } = await promptOf(first)
    expect(await problemOf(ask(second, digest))).toMatchObject({ status: 409 })
    expect(await problemOf(ask(first, 'unheard-of'))).toMatchObject({ status: 409 })
    expect(await problemOf(ask(99, digest))).toMatchObject({ status: 404 })
    expect(model.received).toEqual([])
  })

  it.each([
    [401, 502, /rejected the API key/],
    [500, 502, /500 Internal Server Error/],
  ])('whose server answers %i is reported as %i', async (answer, status, detail) => {
    await switchOn()
    const event_id = await fire()
    model.behave((response) => sendJson(response, answer, {}))
    const problem = await problemOf(ask(event_id, (await promptOf(event_id)).digest))
    expect(problem).toMatchObject({ status, detail: expect.stringMatching(detail) })
  })

  it('that is too slow is reported as 504, and delays nothing', async () => {
    await switchOn()
    const event_id = await fire()
    model.behave(() => {})
    const asked = problemOf(ask(event_id, (await promptOf(event_id)).digest))
    await fire('web-2')
    expect(await asked).toMatchObject({ status: 504, detail: expect.stringContaining('within 1 s') })
  })

  it('does not hold up the end', async () => {
    await switchOn({ timeout_seconds: 100 })
    const event_id = await fire()
    model.behave(() => {})
    const asked = problemOf(ask(event_id, (await promptOf(event_id)).digest))
    await eventually(async () => expect(completions()).toHaveLength(1))
    await temporary.restart()
    expect(await asked).toMatchObject({ status: 503 })
  })

  it('can be looked for', async () => {
    await switchOn({ model: '', api_key: KEY })
    expect(await temporary.client.listModels()).toEqual({ models: MODELS })
    expect(model.received[0]!.headers.authorization).toBe(`Bearer ${KEY}`)
  })
})

describe('a drill with include_llm', () => {
  const drill = () => temporary.client.simulate({ body: { source: 'web-1', include_llm: true } })

  it('is explained by the model once a prompt was confirmed, and not before, with the reason', async () => {
    await switchOn()
    expect((await drill()).explanation).toMatchObject({
      kind: 'statistical',
      model: null,
      text: expect.stringMatching(/^The language model did not answer: .*confirmed.*without a language model/),
    })
    const event_id = await fire()
    await ask(event_id, (await promptOf(event_id)).digest)
    expect((await drill()).explanation).toEqual({ kind: 'llm', model: 'small-model', text: WORDS })
    expect(completions().at(-1)!.body).toContain('synthetic, to test the alert')
  })

  it('falls back to statistics when the model fails, and says so', async () => {
    await switchOn()
    const event_id = await fire()
    await ask(event_id, (await promptOf(event_id)).digest)
    await model.close()
    const { explanation, detection } = await drill()
    expect(detection.is_anomaly).toBe(true)
    expect(explanation).toMatchObject({
      kind: 'statistical',
      text: expect.stringMatching(
        /^The language model did not answer: .*connection refused\. Computed from statistics/,
      ),
    })
  })
})

describe('the key', () => {
  it('is in no answer, in no database and in no other file', async () => {
    const answers: unknown[] = [await switchOn({ api_key: KEY })]
    const event_id = await fire()
    const shown = await promptOf(event_id)
    model.behave((response) => sendJson(response, 401, { error: { message: `Incorrect API key: ${KEY}` } }))
    answers.push(await temporary.client.getSettings(), shown, await problemOf(ask(event_id, shown.digest)))
    answers.push(await temporary.request({ url: '/metrics' }).catch(String), await temporary.client.getHealth())
    answers.push(await temporary.client.listEvents(), await temporary.client.getEvent({ params: { event_id } }))
    expect(JSON.stringify(answers)).toContain('•••')
    expect(JSON.stringify(answers)).not.toContain(KEY)
    expect(completions()[0]!.headers.authorization).toBe(`Bearer ${KEY}`)
    await temporary.restart()
    const files = readdirSync(temporary.dataDir).map((name) => join(temporary.dataDir, name))
    const holding = files.filter((file) => statSync(file).isFile() && readFileSync(file).includes(KEY))
    expect(holding).toEqual([join(temporary.dataDir, 'llm-key')])
    if (process.platform !== 'win32') expect(statSync(holding[0]!).mode & 0o777).toBe(0o600)
  })

  it('survives a restart, is deleted when it is revoked, and is not sent to another host', async () => {
    await switchOn({ api_key: KEY })
    await temporary.restart()
    expect((await temporary.client.getSettings()).llm.has_key).toBe(true)
    const other = await startModelServer()
    expect((await set({ url: other.url })).llm.has_key).toBe(false)
    await temporary.client.listModels()
    expect(other.received[0]!.headers.authorization).toBeUndefined()
    await other.close()
    expect((await set({ url: model.url })).llm.has_key).toBe(true)
    expect((await set({ api_key: null })).llm.has_key).toBe(false)
    await temporary.client.listModels()
    expect(model.received[0]!.headers.authorization).toBeUndefined()
  })
})

describe('the settings of a model', () => {
  it.each([
    [{ url: 'ftp://models.example/v1' }, 'llm.url'],
    [{ url: 'file:///etc/passwd' }, 'llm.url'],
    [{ url: 'http://ada:secret@models.example/v1' }, 'llm.url'],
    [{ url: 'http://models.example/v1?key=secret' }, 'llm.url'],
    [{ url: 'models.example' }, 'llm.url'],
    [{ timeout_seconds: 0 }, 'llm.timeout_seconds'],
    [{ timeout_seconds: 101 }, 'llm.timeout_seconds'],
    [{ api_key: 'two words' }, 'llm.api_key'],
    [{ api_key: '' }, 'llm.api_key'],
  ])('%j is refused', async (llm, path) => {
    const { status, errors } = await problemOf(set(llm))
    expect(status).toBe(422)
    expect(errors!.map((error) => error.path)).toContain(path)
  })
})
