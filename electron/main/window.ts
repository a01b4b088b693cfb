// The one window. Closing it only hides it: Tocsin keeps watching.
import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { MINUTE } from '../../shared/domain/time.ts'
import type { Log } from '../core/platform/ports.ts'
import { push } from './ipc.ts'
import { ORIGIN } from './origin.ts'
import { keepPlace, readPlace } from './place.ts'
import { WEB_PREFERENCES } from './security.ts'

export interface MainWindow {
  contents(): Electron.WebContents
  /** Brings it to the front, at this path of the interface if one is given. */
  show(path?: string): void
  /** From now on closing closes. */
  release(): void
}

interface Options {
  /** The file that keeps the window's place. */
  dataDir: string
  resourcesDir: string
  log: Pick<Log, 'error'>
}

/** Milliseconds. A page that is gone again so soon would only go on like that. */
const SOON = MINUTE
const MAX_RELOADS = 3

export async function openWindow({ dataDir, resourcesDir, log }: Options): Promise<MainWindow> {
  const { maximized, ...bounds } = readPlace(dataDir)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    title: 'Tocsin',
    icon: join(resourcesDir, 'icons/256x256.png'),
    show: false,
    autoHideMenuBar: true,
    webPreferences: { ...WEB_PREFERENCES, preload: join(import.meta.dirname, '../preload/index.cjs') },
  })
  if (maximized) window.maximize()
  let released = false
  window.on('close', (event) => {
    keepPlace(dataDir, window)
    if (released) return
    event.preventDefault()
    window.hide()
  })
  window.once('ready-to-show', () => window.show())
  reloadWhenGone(window, log)
  await window.loadURL(`${ORIGIN}/`)

  return {
    contents: () => window.webContents,
    show(path) {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
      if (path !== undefined) push(window.webContents, { kind: 'open', path })
    },
    release() {
      released = true
    },
  }
}

/** The page may run out of memory or crash: what watches is not in it, but nobody would see it any more. */
function reloadWhenGone(window: BrowserWindow, log: Options['log']): void {
  let goneAt: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const now = performance.now()
    goneAt = [...goneAt.filter((at) => now - at < SOON), now]
    const isLoaded = goneAt.length <= MAX_RELOADS
    log.error({ reason, exitCode, isLoaded }, 'The interface crashed')
    // Not within the event: Chromium is still reporting that the process is gone (electron/electron#19887).
    if (isLoaded) setImmediate(() => !window.isDestroyed() && window.webContents.reload())
  })
}
