// webContents: one page of Chromium, whose navigations, windows and requests are asked for here before they happen.
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { WebPreferences } from 'electron'
import type { CdpSession } from './cdp.ts'
import type { Page } from './chromium.ts'
import { followFrames, type Frames } from './frames.ts'
import { BINDING, NODE_PATH, reachOf, RUNTIME, scriptsFor, WORLD } from './scripts.ts'
import { invoke } from './ipc.ts'
import { answerTo, fromChromium, toChromium } from './protocol.ts'
import { openWebviews } from './webviews.ts'

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }
type Paused = Parameters<Parameters<typeof onPaused>[1]>[0]

let lastId = 0
let sandboxForced = false
export const forceSandbox = () => void (sandboxForced = true)

export class WebContents extends EventEmitter {
  readonly id = ++lastId
  page: Page | undefined
  #frames: Frames | undefined
  #preferences: WebPreferences
  #mayOpen: OpenHandler = () => ({ action: 'allow' })
  /** Asked for by the main process, which asks nobody. */
  #loading: string | undefined
  #wanted = ''

  constructor(preferences: WebPreferences) {
    super()
    this.#preferences = preferences
  }

  /** Takes the page before it begins. */
  async adopt(page: Page): Promise<void> {
    const { session } = page
    const reach = reachOf(this.#preferences, sandboxForced)
    const { preload } = this.#preferences
    const frames = followFrames(session, page.id, reach.isolated ? WORLD : '')
    this.#frames = frames
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === BINDING) void this.#carry(session, executionContextId, payload)
    })
    session.on('Page.windowOpen', ({ url }) => void (this.#wanted = fromChromium(url)))
    session.on('Inspector.targetCrashed', () =>
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    )
    session.on('Page.domContentEventFired', () => this.emit('dom-ready'))
    onPaused(session, (request) => this.#decide(session, page.id, request))

    const scripts = preload === undefined ? [] : scriptsFor(readFileSync(preload, 'utf8'), reach)
    const setUp = [
      session.send('Inspector.enable'),
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      session.send('Runtime.addBinding', { name: BINDING, ...(reach.isolated && { executionContextName: WORLD }) }),
      ...scripts.map((script) => session.send('Page.addScriptToEvaluateOnNewDocument', script)),
      ...(this.#preferences.webviewTag ? [openWebviews(session, this)] : []),
      page.begin(),
    ]
    await Promise.all(setUp)
    this.page = page
  }

  async loadURL(url: string): Promise<void> {
    const { session } = this.page!
    this.#loading = new URL(url).href
    const loaded = new Promise<void>((resolve) => void this.once('dom-ready', () => resolve()))
    const { errorText } = await session.send('Page.navigate', { url: toChromium(url) })
    this.#loading = undefined
    if (errorText) throw new Error(`${errorText} loading '${url}'`)
    await loaded
  }

  send(channel: string, ...args: unknown[]): void {
    const expression = `${RUNTIME}.deliver(${JSON.stringify(channel)}, ${JSON.stringify(args)})`
    for (const contextId of this.#frames?.contexts() ?? []) {
      void this.page?.session.send('Runtime.evaluate', { contextId, expression }).catch(() => {})
    }
  }

  reload = () => void this.page?.session.send('Page.reload').catch(() => {})
  /** Never answered: who would answer is gone. */
  forcefullyCrashRenderer = () => void this.page?.session.send('Page.crash').catch(() => {})
  getURL = () => this.#frames?.mainUrl() ?? ''
  isDestroyed = () => this.page === undefined
  setWindowOpenHandler = (handler: OpenHandler) => void (this.#mayOpen = handler)
  /** What the page's own attempt to open a window comes to. */
  mayOpen = () => this.#mayOpen({ url: this.#wanted }).action === 'allow'

  async #carry(session: CdpSession, contextId: number, payload: string): Promise<void> {
    const { id, channel, args } = JSON.parse(payload)
    const settled = await invoke(channel, this.#frames!.frameOf(contextId), args).then(
      (value) => [id, value],
      (error: unknown) => [id, undefined, `Error invoking remote method '${channel}': ${String(error)}`],
    )
    const expression = `${RUNTIME}.settle(${settled.map((part) => JSON.stringify(part) ?? 'undefined').join()})`
    await session.send('Runtime.evaluate', { contextId, expression }).catch(() => {})
  }

  async #decide(session: CdpSession, mainId: string, { requestId, request, ...rest }: Paused): Promise<unknown> {
    const url = fromChromium(request.url)
    if (new URL(request.url).pathname === NODE_PATH) return fulfill(session, requestId, nodeCall(request.postData))
    const isMainFrame = rest.frameId === mainId
    const refused =
      rest.resourceType === 'Document' &&
      (rest.redirectedRequestId !== undefined
        ? this.#refuses('will-redirect', { url, isMainFrame })
        : isMainFrame && url !== this.#loading && this.#refuses('will-navigate', { url, isMainFrame }))
    if (refused) return session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    try {
      const answer = await answerTo(url, request.method)
      return answer ? await fulfill(session, requestId, answer) : session.send('Fetch.continueRequest', { requestId })
    } catch {
      return session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' })
    }
  }

  #refuses(event: string, details: { url: string; isMainFrame: boolean }): boolean {
    let refused = false
    this.emit(event, { ...details, preventDefault: () => void (refused = true) }, details.url)
    return refused
  }
}

function onPaused(
  session: CdpSession,
  decide: (request: {
    requestId: string
    request: { url: string; method: string; postData?: string }
    frameId: string
    resourceType: string
    redirectedRequestId?: string
  }) => Promise<unknown>,
): void {
  // A page that is gone has nobody left to answer.
  session.on('Fetch.requestPaused', (request) => void decide(request).catch(() => {}))
}

async function fulfill(session: CdpSession, requestId: string, answer: Response): Promise<unknown> {
  return session.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: answer.status,
    responseHeaders: [...answer.headers].map(([name, value]) => ({ name, value: toChromium(value) })),
    body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
  })
}

/** A page that was given Node's `require` really reaches Node. */
function nodeCall(text = ''): Response {
  const { module, path, args } = JSON.parse(text)
  const called = path.reduce(
    (part: Record<string, unknown>, key: string) => part[key],
    createRequire(import.meta.url)(module),
  )
  return Response.json({ value: called(...args) })
}
