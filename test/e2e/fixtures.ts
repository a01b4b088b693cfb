// A host of its own for every spec, and what specs do with it again and again.
import { test as base, expect, type Locator, type Page } from 'playwright/test'
import { startHostProcess, temporaryFolder, type HostProcess } from '../host-process.ts'
import type { SampleIn } from '../../shared/schemas/sample.ts'

export interface Tocsin {
  host: HostProcess
  /** Plain HTTP, as any agent does it, without a token. */
  post(sample: Partial<SampleIn>): Promise<void>
  /** The interface, opened by the link that was printed. */
  open(page: Page, path?: string): Promise<void>
  /** kill -9 and a new start on the same data and port. */
  restart(): Promise<void>
}

export const test = base.extend<{ tocsin: Tocsin }>({
  tocsin: async ({ browserName: _browser }, use) => {
    const folder = temporaryFolder()
    const start = (port?: number) => startHostProcess({ dataDir: folder.path, ...(port === undefined ? {} : { port }) })
    const tocsin: Tocsin = {
      host: await start(),
      async post(sample) {
        const answer = await fetch(`${tocsin.host.url}/api/anomaly/metrics`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ source: 'web-1', metric_type: 'RESPONSE_TIME', unit: 'ms', value: 50, ...sample }),
        })
        expect(answer.status).toBe(202)
      },
      async open(page, path = '/') {
        await page.goto(tocsin.host.link)
        if (path !== '/') await page.goto(tocsin.host.url + path)
      },
      async restart() {
        await tocsin.host.kill()
        tocsin.host = await start(Number(new URL(tocsin.host.url).port))
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
})

/** Forty quiet samples, a second apart, until now: what is usual. */
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

export const rowOf = (page: Page, source: string): Locator =>
  page.getByTestId('event-row').filter({ hasText: source }).first()

export { expect }
