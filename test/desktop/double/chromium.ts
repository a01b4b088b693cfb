// The one Chromium behind the double, and how its pages come to their owners.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { connectPipe, type CdpSession } from './cdp.ts'

export interface Page {
  id: string
  session: CdpSession
  /** Lets the page begin; until then nothing of it was loaded. */
  begin(): Promise<unknown>
  close(): Promise<unknown>
}

export interface Chromium {
  browser: CdpSession
  /** The endpoint for Playwright. */
  endpoint: string
  openPage(): Promise<Page>
  /** Hears of pages that a page has opened. */
  onPopup(listener: (opener: string, page: Page) => void): void
  end(): void
}

const SWITCHES = [
  '--headless=new',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  // Electron blocks no window: whether one may open is the window open handler's affair.
  '--disable-popup-blocking',
  '--lang=en-GB',
  '--remote-debugging-pipe',
  '--remote-debugging-port=0',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

export async function startChromium(userData: string): Promise<Chromium> {
  const profile = join(userData, `double-${process.pid}`)
  const child = spawn(await executable(), [...SWITCHES, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  })
  const end = () => {
    child.kill('SIGKILL')
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', end)
  const session = connectPipe(child.stdio[3] as Writable, child.stdio[4] as Readable)
  const browser = session('')
  const pages = givePages(browser, session)
  const [endpoint] = await Promise.all([
    endpointFrom(child.stderr!),
    browser.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
    browser.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] }),
  ])
  return { browser, endpoint, ...pages, end }
}

/** Playwright is only loaded if no browser is configured. */
const executable = async () =>
  process.env.TOCSIN_TEST_BROWSER ?? (await import('../../../scripts/find-browser.ts')).findBrowser() ?? 'chromium'

function givePages(browser: CdpSession, session: (id: string) => CdpSession): Pick<Chromium, 'openPage' | 'onPopup'> {
  const asked: ((page: Page) => void)[] = []
  let onPopup: (opener: string, page: Page) => void = () => {}

  /** Whether a page that another has opened may load. */
  const popups = new Map<string, PromiseWithResolvers<boolean>>()

  browser.on('Target.attachedToTarget', ({ sessionId, targetInfo: { targetId, type, openerId } }) => {
    const target = session(sessionId)
    const begin = () => {
      popups.get(targetId)?.resolve(true)
      return target.send('Runtime.runIfWaitingForDebugger')
    }
    const close = () => {
      popups.get(targetId)?.resolve(false)
      return browser.send('Target.closeTarget', { targetId })
    }
    const page = { id: targetId, session: target, begin, close }
    if (type === 'page' && openerId !== undefined) {
      popups.set(targetId, Promise.withResolvers())
      onPopup(openerId, page)
    } else if (type === 'page' && asked.length > 0) asked.shift()!(page)
    else void begin()
  })
  // Playwright, which is connected as well, lets every page begin at once: what must not load is held back here.
  browser.on('Fetch.requestPaused', ({ requestId, frameId }) => {
    const allowed = popups.get(frameId)?.promise ?? Promise.resolve(true)
    void allowed
      .then((isAllowed) =>
        isAllowed
          ? browser.send('Fetch.continueRequest', { requestId })
          : browser.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }),
      )
      .catch(() => {})
  })

  return {
    async openPage() {
      const page = Promise.withResolvers<Page>()
      asked.push(page.resolve)
      await browser.send('Target.createTarget', { url: 'about:blank', newWindow: true })
      return await page.promise
    },
    onPopup: (listener) => void (onPopup = listener),
  }
}

async function endpointFrom(output: Readable): Promise<string> {
  let printed = ''
  for await (const text of output.setEncoding('utf8')) {
    printed += text
    const endpoint = /^DevTools listening on (ws:\S+)/m.exec(printed)?.[1]
    if (endpoint === undefined) continue
    output.resume()
    return endpoint
  }
  throw new Error(`Chromium did not start:\n${printed}`)
}
