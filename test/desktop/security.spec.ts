// Electron's security checklist. Each of these fails when its guard is switched off; mutations.ts shows it.
import { startDesktop, testedRoot } from './desktop-process.ts'
import { copyProgram } from './program-copy.ts'
import { temporaryFolder } from '../support/host-process.ts'
import { expect, test } from './fixtures.ts'

/** How long something that must not happen is given to happen. */
const GRACE_MS = 1000

test.describe('the desktop', { tag: '@desktop' }, () => {
  test('the preload script has no Node, and a world of its own', async ({ desktopHost }) => {
    const folder = temporaryFolder()
    const program = copyProgram(testedRoot())
    program.alter('out/preload/index.cjs', (text) => text + PROBE)
    const desktop = await startDesktop({ host: desktopHost, dataDir: folder.path, root: program.root })
    try {
      expect(await desktop.page.evaluate('({ ...window.probe })')).toEqual({ machine: null })
      expect(await desktop.page.evaluate(() => 'preloadWorld' in window)).toBe(false)
    } finally {
      await desktop.stop()
      program.remove()
      folder.remove()
    }
  })

  test('the page has no Node', async ({ desktop }) => {
    expect(await desktop.page.evaluate(() => ['require' in window, 'process' in window])).toEqual([false, false])
  })

  test('the policy is sent, and stops inline scripts, eval and foreign addresses', async ({ desktop, stranger }) => {
    const policy = await desktop.page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'))
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    const stopped = await desktop.page.evaluate(async (url) => {
      const script = document.createElement('script')
      script.textContent = 'window.ran = true'
      document.head.append(script)
      // Later, because the test's own code may evaluate.
      const evaluated = await new Promise((resolve) =>
        setTimeout(() => {
          try {
            resolve(Reflect.apply(Reflect.get(window, 'eval'), undefined, ['true']))
          } catch {
            resolve(false)
          }
        }),
      )
      const fetched = await fetch(url, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      )
      return { ran: 'ran' in window, evaluated, fetched }
    }, stranger.url)
    expect(stopped).toEqual({ ran: false, evaluated: false, fetched: false })
    expect(stranger.asked).toEqual([])
  })

  test('the window stays where it is', async ({ desktop, stranger }) => {
    await desktop.page.evaluate((url) => location.assign(url), stranger.url)
    await desktop.page.waitForTimeout(GRACE_MS)
    expect(stranger.asked).toEqual([])
    expect(new URL(desktop.page.url()).href.startsWith(desktop.origin)).toBe(true)
  })

  test('a redirect is not followed', async ({ desktop, stranger }) => {
    await desktop.evaluate(
      ({ BrowserWindow }, url) => new BrowserWindow({ show: false }).loadURL(url).catch(() => {}),
      `${stranger.url}/away`,
    )
    expect(stranger.asked).toEqual(['/away'])
  })

  test('no window opens', async ({ desktop, stranger }) => {
    await desktop.page.evaluate((url) => void window.open(url), stranger.url)
    await desktop.page.evaluate((url) => {
      const link = Object.assign(document.createElement('a'), { href: url, target: '_blank' })
      document.body.append(link)
      link.click()
    }, stranger.url)
    await desktop.page.waitForTimeout(GRACE_MS)
    expect(stranger.asked).toEqual([])
    expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  test('no webview opens', async ({ desktop, stranger }) => {
    await desktop.page.evaluate((url) => {
      const view = document.createElement('webview')
      view.setAttribute('src', url)
      document.body.append(view)
    }, stranger.url)
    await desktop.page.waitForTimeout(GRACE_MS)
    expect(stranger.asked).toEqual([])
  })

  test('the page may notify and nothing else', async ({ desktop }) => {
    const states = await desktop.page.evaluate(async () => {
      const names = [
        'notifications',
        'geolocation',
        'camera',
        'microphone',
        'midi',
        'clipboard-read',
      ] as PermissionName[]
      const found = names.map(async (name) => [name, (await navigator.permissions.query({ name })).state])
      return Object.fromEntries(await Promise.all(found))
    })
    const { notifications, ...others } = states
    expect(notifications).toBe('granted')
    expect(Object.values(others)).not.toContain('granted')
    const denied = await desktop.page.evaluate(
      () =>
        new Promise((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve('allowed'),
            ({ code }) => resolve(code),
          ),
        ),
    )
    expect(denied, 'PERMISSION_DENIED').toBe(1)
  })
})

/** Says what it could reach, and leaves a mark in the world it runs in. */
const PROBE = `
;(() => {
  globalThis.preloadWorld = true
  let machine = null
  try {
    machine = require('node:os').hostname()
  } catch {}
  require('electron').contextBridge.exposeInMainWorld('probe', { machine })
})()
`
