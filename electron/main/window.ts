// The one window. Closing it only hides it: Tocsin keeps watching.
import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { push } from './ipc.ts'
import { ORIGIN } from './origin.ts'
import { keepPlace, readPlace } from './place.ts'
import { WEB_PREFERENCES } from './security.ts'

export interface MainWindow {
  contents(): Electron.WebContents
  /** Brings it to the front, at this path of the interface where one is given. */
  show(path?: string): void
  /** From now on closing closes. */
  release(): void
}

interface Options {
  /** Where the window's place is kept. */
  dataDir: string
  resourcesDir: string
}

export async function openWindow({ dataDir, resourcesDir }: Options): Promise<MainWindow> {
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
