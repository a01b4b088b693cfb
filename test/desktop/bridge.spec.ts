// The one bridge between page and program, and who may use it.
import { join } from 'node:path'
import type { Page } from 'playwright'
import { testedRoot } from './desktop-process.ts'
import { expect, test } from './fixtures.ts'

test.describe('the desktop', { tag: '@desktop' }, () => {
  test('the bridge is two functions that cannot be replaced', async ({ desktop }) => {
    const bridge = await desktop.page.evaluate(() => {
      const { tocsin } = window
      return {
        names: Object.keys(tocsin ?? {}),
        frozen: Object.isFrozen(tocsin),
        own: Object.getOwnPropertyDescriptor(window, 'tocsin'),
      }
    })
    expect(bridge.names.toSorted()).toEqual(['onMessage', 'request'])
    expect(bridge).toMatchObject({ frozen: true, own: { writable: false, configurable: false } })
  })

  test('a foreign page with the same preload script is not answered', async ({ desktop, stranger }) => {
    const preload = join(testedRoot(), 'out/preload/index.cjs')
    const opened = desktop.page.context().waitForEvent('page')
    await desktop.evaluate(
      ({ BrowserWindow }, { url, preload }) =>
        new BrowserWindow({ show: false, webPreferences: { preload } }).loadURL(url),
      { url: stranger.url, preload },
    )
    const page = await opened
    await page.waitForURL(`${stranger.url}/`)
    expect(await answerTo(page, { method: 'GET', url: '/api/anomaly/events' })).toMatch(/has no access/)
  })

  test('a frame inside the own page is not answered', async ({ desktop }) => {
    const preload = join(testedRoot(), 'out/preload/index.cjs')
    const opened = desktop.page.context().waitForEvent('page')
    await desktop.evaluate(
      ({ BrowserWindow }, preload) =>
        new BrowserWindow({
          show: false,
          webPreferences: { preload, nodeIntegrationInSubFrames: true },
        }).loadURL('tocsin://app/'),
      preload,
    )
    const page = await opened
    await page.waitForURL(`${desktop.origin}/`)
    expect(await answerTo(page, { method: 'GET', url: '/api/anomaly/events' })).toMatchObject({ status: 200 })
    // A document that is written by its parent takes its parent's address.
    const answer = await page.evaluate(async () => {
      const frame = document.body.appendChild(document.createElement('iframe'))
      frame.contentDocument!.open()
      frame.contentDocument!.write('<p>inside</p>')
      frame.contentDocument!.close()
      const inner = frame.contentWindow!
      if (inner.location.href !== location.href) return `the frame is at ${inner.location.href}`
      if (!inner.tocsin) return 'the frame has no bridge'
      return inner.tocsin.request({ method: 'GET', url: '/api/anomaly/events', body: undefined }).catch(String)
    })
    expect(answer).toMatch(/has no access/)
  })

  test('only the API answers', async ({ desktop }) => {
    const events = { method: 'GET', url: '/api/anomaly/events' }
    expect(await answerTo(desktop.page, events)).toMatchObject({ status: 200 })
    const others = [
      { ...events, url: '/healthz' },
      { ...events, url: '/metrics' },
      { ...events, url: '/api/../metrics' },
      { ...events, url: '/api/%2e%2e/metrics' },
      { ...events, url: '//localhost/api/anomaly/events' },
      { ...events, url: '/api/anomaly/stream' },
      { ...events, url: 'http://localhost/api/anomaly/events' },
      { ...events, method: 'PUT' },
      { ...events, headers: { host: 'elsewhere' } },
      { ...events, url: 7 },
      null,
    ]
    for (const request of others)
      expect(await answerTo(desktop.page, request), JSON.stringify(request)).toMatch(/^Error/)
  })
})

/** What the page gets when it asks: an answer, the error as text, or nothing. */
const answerTo = (page: Page, request: unknown) =>
  page.evaluate(
    (asked) =>
      Promise.race([
        window.tocsin!.request(asked as never).catch(String),
        new Promise((resolve) => setTimeout(resolve, 30_000, 'no answer')),
      ]),
    request,
  )
