// A host of its own for every spec, and what specs do with it again and again. Specs run on the browser's host and on
// the desktop's alike; those that can't say so by the tag @browser or @desktop.
import { test as base, expect, type Locator, type Page } from 'playwright/test'
import { startDesktop, type Desktop } from '../desktop/desktop-process.ts'
import { startHostProcess, temporaryFolder, type HostProcess, type RunningHost } from '../support/host-process.ts'
import type { SampleIn } from '../../shared/schemas/sample.ts'

export type HostName = 'browser' | 'double' | 'electron'

export interface Tocsin {
  host: RunningHost
  /** The page that is given to a spec on a desktop; undefined in a browser. */
  window?: Page
  /** Plain HTTP, as any agent does it, without a token. */
  post(sample: Partial<SampleIn>): Promise<void>
  /** The interface at this path. Gives the page to go on with: after a restart, a desktop has another one. */
  open(page: Page, path?: string): Promise<Page>
  /** kill -9 and a new start on the same data and port. */
  restart(): Promise<void>
}

interface Host extends Pick<Tocsin, 'host' | 'window' | 'open'> {}

export const test = base.extend<{ hostName: HostName; tocsin: Tocsin }>({
  hostName: ['browser', { option: true }],
  tocsin: async ({ hostName }, use) => {
    const folder = temporaryFolder()
    const start = (port = 0): Promise<Host> =>
      hostName === 'browser'
        ? startHostProcess({ dataDir: folder.path, port }).then(inBrowser)
        : startDesktop({ host: hostName, dataDir: folder.path, port }).then(onDesktop)
    const tocsin: Tocsin = {
      ...(await start()),
      async post(sample) {
        const answer = await fetch(`${tocsin.host.url}/api/anomaly/metrics`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ source: 'web-1', metric_type: 'RESPONSE_TIME', unit: 'ms', value: 50, ...sample }),
        })
        expect(answer.status).toBe(202)
      },
      async restart() {
        await tocsin.host.kill()
        Object.assign(tocsin, await start(Number(new URL(tocsin.host.url).port)))
      },
    }
    await tocsin.host.client.createRule({
      body: {
        name: 'Slow answers',
        source: 'web-*',
        metric_type: 'RESPONSE_TIME',
        method: 'ZSCORE',
        severity: 'CRITICAL',
      },
    })
    await use(tocsin)
    await tocsin.host.stop()
    folder.remove()
  },
  // The host is named first, so that it ends last: what a page still asks for is answered until the page is closed.
  page: async ({ tocsin, page }, use) => {
    const given = tocsin.window ?? page
    await use(given)
    // A tab that was closed, or a desktop that was killed, has no routes any more.
    if (!given.isClosed()) await given.unrouteAll({ behavior: 'ignoreErrors' })
  },
})

const inBrowser = (host: HostProcess): Host => ({
  host,
  async open(page, path = '/') {
    if (path === '/') await page.goto(host.link)
    else {
      // The link gives its cookie without the page that it leads to.
      await page.request.get(host.link, { maxRedirects: 0 })
      await page.goto(host.url + path)
    }
    return page
  },
})

const onDesktop = (host: Desktop): Host => ({
  host,
  window: host.page,
  async open(_page, path = '/') {
    await host.page.goto(host.origin + path)
    return host.page
  },
})

/** Forty normal samples, a second apart, until now. */
export async function postBaseline({ host }: Tocsin, source = 'web-1') {
  const now = Date.now()
  await host.client.postMetricsBatch({
    body: Array.from({ length: 40 }, (_, index) => ({
      source,
      metric_type: 'RESPONSE_TIME',
      unit: 'ms',
      value: 50 + (index % 5),
      recorded_at: new Date(now - (40 - index) * 1000).toISOString(),
    })),
  })
}

/** In the other half of the day: a maintenance window that begins then is not open just now. */
export function notNow(timeZone: string): string {
  const hour = new Date().toLocaleString('en-GB', { hour: '2-digit', timeZone })
  return Number(hour) < 12 ? '15:15' : '03:15'
}

export const rowOf = (page: Page, source: string): Locator =>
  page.getByTestId('event-row').filter({ hasText: source }).first()

export { expect }
