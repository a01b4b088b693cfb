// The desktop host: the core in the main process, one window on it, a tray icon and native notifications.
import { join } from 'node:path'
import { app, dialog } from 'electron'
import { readHostFlags } from '../core/startup/flags.ts'
import { startTocsin, type Running } from '../core/startup/start.ts'
import { carryRequests, push } from './ipc.ts'
import { createNotifier } from './notifications.ts'
import { registerScheme, servePages } from './pages.ts'
import { refusePermissions, secure } from './security.ts'
import { createTray } from './tray.ts'
import { openWindow, type MainWindow } from './window.ts'

/** The program's own folder, from the built file. */
const ROOT = join(import.meta.dirname, '../..')

secure()
registerScheme()
if (app.requestSingleInstanceLock()) void app.whenReady().then(run).catch(fail)
else app.quit()

async function run(): Promise<void> {
  refusePermissions()
  servePages(join(ROOT, 'out/renderer'))
  const flags = readHostFlags(process.argv.slice(app.isPackaged ? 1 : 2), process.env)
  const tocsin = await startTocsin(flags, { rootDir: ROOT })
  carryRequests(tocsin.app)
  const window = await openWindow(flags.dataDir)
  const tray = createTray(join(ROOT, 'resources'), { open: () => window.show(), quit: () => app.quit() })
  tray.show(tocsin.app.openCriticals())
  followChanges(tocsin, window, tray)

  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())
  // The window is only hidden: without it, Tocsin goes on watching.
  app.on('window-all-closed', () => {})
  endCleanly(tocsin, window, tray)
}

type Tray = ReturnType<typeof createTray>

function followChanges({ app: { changes, settings, openCriticals } }: Running, window: MainWindow, tray: Tray): void {
  const notify = createNotifier({
    wanted: (severity) => settings.current().notify[severity],
    open: (event) => window.show(`/events/${event.id}`),
  })
  changes.subscribe((change) => {
    push(window.contents(), { kind: 'change', change })
    notify(change)
    tray.show(openCriticals())
  })
}

function endCleanly(tocsin: Running, window: MainWindow, tray: Tray): void {
  let ended = false
  app.on('before-quit', () => window.release())
  app.on('will-quit', (event) => {
    if (ended) return
    event.preventDefault()
    tray.destroy()
    void tocsin.stop().finally(() => {
      ended = true
      app.quit()
    })
  })
  process.on('SIGTERM', () => app.quit()).on('SIGINT', () => app.quit())
}

function fail(error: unknown): void {
  dialog.showErrorBox('Tocsin could not start', error instanceof Error ? error.message : String(error))
  app.exit(1)
}
