// The desktop host: the core in the main process, one window on it, a tray icon and native notifications.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog } from 'electron'
import { reasonForTerminal } from '../core/platform/escape-for-terminal.ts'
import { HELP, readHostFlags, type HostFlags } from '../core/boot/flags.ts'
import { startHostAgent } from '../agent/agent.ts'
import { startTocsin, type Running } from '../core/boot/start.ts'
import { ownArguments } from './arguments.ts'
import { handleRequests, push } from './ipc.ts'
import { createNotifier } from './notifications.ts'
import { registerScheme, servePages } from './pages.ts'
import { refusePermissions, secure } from './security.ts'
import { createTray, type TrayIcon } from './tray.ts'
import { openWindow, type MainWindow } from './window.ts'

/** The program's own folder, from the built file. */
const ROOT = join(import.meta.dirname, '../..')
const RESOURCES = join(ROOT, 'resources')

try {
  begin()
} catch (error) {
  fail(error)
}

function begin(): void {
  const flags = readHostFlags(ownArguments(process.argv, app.isPackaged), process.env)
  if (flags.help) {
    console.log(HELP)
    app.exit()
    return
  }
  app.setAppUserModelId('app.tocsin.Tocsin')
  useFolder(flags.dataDir)
  secure()
  registerScheme()
  if (app.requestSingleInstanceLock())
    void app
      .whenReady()
      .then(() => run(flags))
      .catch((error: unknown) => fail(error))
  else app.quit()
}

/** Chromium's own files lie in the data folder, and with them the lock: there is one Tocsin for each folder. */
function useFolder(dataDir: string): void {
  const folder = join(dataDir, 'chromium')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
}

async function run(flags: HostFlags): Promise<void> {
  refusePermissions()
  servePages(join(ROOT, 'out/renderer'))
  const tocsin = await startTocsin(flags, { rootDir: ROOT, startHostAgent, onLog: endOnErrors })
  handleRequests(tocsin.app)
  const window = await openWindow({ dataDir: flags.dataDir, resourcesDir: RESOURCES, log: tocsin.log })
  const tray = createTray(RESOURCES, { open: () => window.show(), quit: () => app.quit() })
  tray.show(tocsin.app.openCriticals())
  followChanges(tocsin, window, tray)

  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())
  // The window is only hidden: without it, Tocsin goes on watching.
  app.on('window-all-closed', () => {})
  endCleanly(tocsin, window, tray)
  console.log(`Tocsin ${tocsin.version} keeps its data in ${flags.dataDir} and takes metrics at ${tocsin.url}`)
}

function followChanges({ app }: Running, window: MainWindow, tray: TrayIcon) {
  app.notify(createNotifier((event) => window.show(`/events/${event.id}`)))
  app.changes.subscribe((change) => {
    push(window.contents(), { kind: 'change', change })
    tray.show(app.openCriticals())
  })
}

function endCleanly(tocsin: Running, window: MainWindow, tray: TrayIcon): void {
  let step: 'running' | 'ending' | 'ended' = 'running'
  app.on('before-quit', () => window.release())
  app.on('will-quit', (event) => {
    if (step === 'ended') return
    event.preventDefault()
    if (step === 'ending') return
    step = 'ending'
    tray.destroy()
    void tocsin.stop().finally(() => {
      step = 'ended'
      app.quit()
    })
  })
  process.on('SIGTERM', () => app.quit()).on('SIGINT', () => app.quit())
}

/** Half of Tocsin would look as if it were watching. */
function endOnErrors(log: Running['log']): void {
  const end = (error: unknown) => {
    log.fatal({ err: error }, 'Tocsin ended because of an error that nothing had handled')
    fail(error, 'Tocsin ended because of an error')
  }
  process.on('uncaughtException', end).on('unhandledRejection', end)
}

/** In the terminal, too: the box may stand on a screen that nobody sees. */
function fail(error: unknown, what = 'Tocsin could not start'): void {
  const reason = reasonForTerminal(error)
  console.error(`${what}: ${reason}`)
  dialog.showErrorBox(what, reason)
  app.exit(1)
}
