// What the desktop has and a browser has not: the tray, native notifications, a window that keeps its place and goes
// without ending the watch, one process for each data folder.
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { flagsFor, spawnDesktop, startDesktop, type Desktop } from './desktop-process.ts'
import { outputOf, temporaryFolder } from '../support/host-process.ts'
import { expect, postBaseline, test } from './fixtures.ts'
import { watchSystem } from './system.ts'

test.describe('the desktop', { tag: '@desktop' }, () => {
  test('the tray shows how many criticals are open', async ({ desktop, tocsin }) => {
    const system = await watchSystem(desktop)
    await postBaseline(tocsin)
    await tocsin.post({ value: 900 })
    await expect.poll(async () => (await system.noted()).tooltip).toBe('Tocsin: 1 open and critical')
    const one = await system.noted()
    expect(one).toMatchObject({ badge: 1, icon: { width: 32, height: 32 } })
    expect(one.menu).toContain('Tocsin: 1 open and critical')

    const [event] = await desktop.client.listEvents()
    await desktop.client.resolveEvent({ params: { event_id: event!.id } })
    await expect.poll(async () => (await system.noted()).tooltip).toBe('Tocsin: nothing critical is open')
    const none = await system.noted()
    expect(none.badge).toBe(0)
    expect(none.picture).not.toBe(one.picture)
  })

  test('a critical event notifies once, and a click opens it', async ({ desktop, tocsin, page }) => {
    const system = await watchSystem(desktop)
    await postBaseline(tocsin)
    await tocsin.post({ value: 900 })
    await expect.poll(async () => (await system.noted()).notifications).toHaveLength(1)
    const [event] = await desktop.client.listEvents()
    const { notifications } = await system.noted()
    expect(notifications[0]).toEqual({ title: event!.title, body: event!.description })

    await tocsin.post({ value: 950 })
    await desktop.client.acknowledgeEvent({ params: { event_id: event!.id } })
    await expect.poll(async () => (await desktop.client.listEvents())[0]!.occurrences).toBe(2)
    expect((await system.noted()).notifications, 'one is enough').toHaveLength(1)

    await hide(desktop)
    await system.clickNotification(0)
    await expect(page).toHaveURL(new RegExp(`/events/${event!.id}$`))
    await expect(page.getByTestId('series-chart')).toBeVisible()
    expect(await isVisible(desktop)).toBe(true)
  })

  test('an incident notifies once and names all its events', async ({ desktop, tocsin }) => {
    const system = await watchSystem(desktop)
    const body = { name: 'Full', source: 'web-1', method: 'THRESHOLD', threshold: 90, severity: 'CRITICAL' } as const
    await desktop.client.createRule({ body: { ...body, metric_type: 'FIRST' } })
    await desktop.client.createRule({ body: { ...body, name: 'Fuller', metric_type: 'SECOND' } })
    await tocsin.post({ metric_type: 'FIRST', unit: null, value: 99 })
    await tocsin.post({ metric_type: 'SECOND', unit: null, value: 99 })
    await expect.poll(async () => (await desktop.client.listEvents()).length).toBe(2)
    await expect.poll(async () => (await system.noted()).tooltip).toBe('Tocsin: 2 open and critical')
    await expect.poll(async () => (await system.noted()).notifications).toHaveLength(1)
    const [notification] = (await system.noted()).notifications
    expect(notification!.title).toBe('FIRST on web-1 is above its threshold')
    expect(notification!.body).toContain('And 1 more on web-1: SECOND')
  })

  test('severities that are off stay quiet, until they are on', async ({ desktop, tocsin }) => {
    const system = await watchSystem(desktop)
    const warn = (metric_type: string) =>
      desktop.client.createRule({
        body: { name: metric_type, source: '*', metric_type, method: 'THRESHOLD', threshold: 1, severity: 'WARNING' },
      })
    await warn('QUIET')
    await warn('LOUD')
    await tocsin.post({ source: 'a', metric_type: 'QUIET', value: 2 })
    await expect.poll(async () => (await desktop.client.listEvents()).length).toBe(1)
    await desktop.client.updateSettings({ body: { notify: { WARNING: true } } })
    await tocsin.post({ source: 'b', metric_type: 'LOUD', value: 2 })
    await expect.poll(async () => (await system.noted()).notifications).toHaveLength(1)
    expect((await system.noted()).notifications[0]!.title).toContain('LOUD')
  })

  test('what is silenced notifies when the silence is ended, and what is snoozed by then stays quiet', async ({
    desktop,
    tocsin,
  }) => {
    const system = await watchSystem(desktop)
    const notified = async () => (await system.noted()).notifications.length
    /** A notification waits for a moment for what belongs to it. */
    const wait = () => new Promise((resolve) => setTimeout(resolve, 1500))
    const to = new Date(Date.now() + 3_600_000).toISOString()
    const silence = await desktop.client.createSilence({ body: { source: 'web-1', to, comment: 'Deploy' } })
    await postBaseline(tocsin)
    await tocsin.post({ value: 900 })
    await expect.poll(async () => (await desktop.client.listEvents()).length).toBe(1)
    expect((await system.noted()).tooltip).toBe('Tocsin: nothing critical is open')
    await wait()
    expect(await notified()).toBe(0)

    await desktop.client.endSilence({ params: { silence_id: silence.id } })
    await expect.poll(notified).toBe(1)
    await expect.poll(async () => (await system.noted()).tooltip).toBe('Tocsin: 1 open and critical')
    const [event] = await desktop.client.listEvents()
    await desktop.client.snoozeEvent({ params: { event_id: event!.id }, query: { minutes: 5 } })
    await tocsin.post({ value: 950 })
    await expect.poll(async () => (await desktop.client.listEvents())[0]!.occurrences).toBe(2)
    await wait()
    expect(await notified()).toBe(1)
    expect((await system.noted()).tooltip).toBe('Tocsin: nothing critical is open')
  })

  test('closing hides the window and detection goes on; the tray shows it again', async ({ desktop, tocsin }) => {
    const system = await watchSystem(desktop)
    await postBaseline(tocsin)
    await hide(desktop)
    expect(await isVisible(desktop)).toBe(false)
    await tocsin.post({ value: 900 })
    await expect.poll(async () => (await system.noted()).notifications).toHaveLength(1)
    await system.choose('Open Tocsin')
    expect(await isVisible(desktop)).toBe(true)
  })

  test('quitting ends the process cleanly, and nothing is lost', async ({ desktop, tocsin }) => {
    const system = await watchSystem(desktop)
    await postBaseline(tocsin)
    await tocsin.post({ value: 900 })
    await expect.poll(async () => (await system.noted()).menu).toContain('Quit')
    await system.choose('Quit').catch(() => {})
    expect(await desktop.stop(), 'exit code').toBe(0)
    await expect(fetch(desktop.url)).rejects.toThrow()

    await tocsin.restart()
    expect(await tocsin.host.client.listEvents()).toMatchObject([{ source: 'web-1', status: 'OPEN' }])
  })

  test('a page that crashes is loaded again, unless it does nothing but crash', async ({ desktopHost }) => {
    const folder = temporaryFolder()
    const desktop = await startDesktop({ host: desktopHost, dataDir: folder.path })
    const { evaluate } = desktop
    await evaluate(({ BrowserWindow }) => {
      const loaded = { times: 0 }
      Object.assign(globalThis, { loaded })
      BrowserWindow.getAllWindows()[0]!.webContents.on('dom-ready', () => loaded.times++)
    })
    const loads = () => evaluate(() => (globalThis as unknown as { loaded: { times: number } }).loaded.times)
    const crash = () =>
      evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer())
    const logs = join(folder.path, 'logs')
    const crashes = () =>
      readFileSync(join(logs, readdirSync(logs)[0]!), 'utf8').match(/The interface crashed/g)?.length
    for (const time of [1, 2, 3]) {
      await crash()
      await expect.poll(loads).toBe(time)
    }
    await crash()
    await expect.poll(crashes).toBe(4)
    expect(await desktop.client.getHealth()).toMatchObject({ write_error: null })
    expect(await loads(), 'after the fourth crash within a minute').toBe(3)
    await desktop.stop()
    folder.remove()
  })

  test('the window opens at its last place', async ({ desktopHost }) => {
    const folder = temporaryFolder()
    const bounds = { x: 120, y: 90, width: 900, height: 700 }
    const first = await startDesktop({ host: desktopHost, dataDir: folder.path })
    await first.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]!.setBounds(bounds), bounds)
    await first.stop()
    const second = await startDesktop({ host: desktopHost, dataDir: folder.path })
    const found = await second.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getNormalBounds())
    await second.stop()
    folder.remove()
    expect(found).toEqual(bounds)
  })

  test('a second start shows the first', async ({ desktopHost }) => {
    const folder = temporaryFolder()
    const first = await startDesktop({ host: desktopHost, dataDir: folder.path })
    await hide(first)
    const second = spawnDesktop(desktopHost, flagsFor({ dataDir: folder.path }))
    const [code] = await once(second, 'exit')
    expect(code).toBe(0)
    await expect.poll(() => isVisible(first)).toBe(true)
    await first.stop()
    folder.remove()
  })

  test('a taken port is named', async ({ desktopHost }) => {
    const folder = temporaryFolder()
    const server = createServer()
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const started = spawnDesktop(desktopHost, flagsFor({ dataDir: folder.path, port }))
    const ended = once(started, 'exit')
    expect(await outputOf(started, /could not start: .*/)).toContain(`port ${port} on 127.0.0.1 is taken`)
    // The box that says so on Electron waits for somebody who reads it.
    if (desktopHost === 'electron') started.kill()
    else expect(await ended).toEqual([1, null])
    server.close()
    folder.remove()
  })

  test('an event is saved as a file from the window', async ({ desktop, hostName }, info) => {
    const { page, client, origin } = desktop
    await client.createRule({ body: { name: 'High', method: 'THRESHOLD', threshold: 90 } })
    await client.postMetric({ body: { source: 'web-1', metric_type: 'CPU', value: 99 } })
    await expect.poll(async () => (await client.listEvents()).length).toBeGreaterThan(0)
    await page.goto(`${origin}/events/1`)
    const file = info.outputPath('event.json.gz')
    const save = page.getByRole('button', { name: 'Export bundle' })
    if (hostName === 'double') {
      const begun = page.waitForEvent('download')
      await save.click()
      await (await begun).saveAs(file)
    } else {
      // Electron would ask for a folder.
      await desktop.evaluate(
        ({ session }, path) =>
          void session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path)),
        file,
      )
      await save.click()
    }
    const saved = () => JSON.parse(gunzipSync(readFileSync(file)).toString()) as { event: { source: string } }
    await expect(() => expect(saved().event.source).toBe('web-1')).toPass()
  })
})

const hide = ({ evaluate }: Desktop) => evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close())
const isVisible = ({ evaluate }: Desktop) =>
  evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible())
