// The program's life: when it is ready, that it is the only one of its folder, and how it ends.
import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChromium, type Chromium } from './chromium.ts'
import { forceSandbox } from './contents.ts'
import { lockFor } from './lock.ts'
import { BrowserWindow, surround } from './window.ts'

const paths = new Map([['userData', join(tmpdir(), 'electron-double')]])
const chromium = Promise.withResolvers<Chromium>()
/** The endpoint for Playwright, once there is a window. */
export const endpoint = chromium.promise.then((started) => started.endpoint)

class App extends EventEmitter {
  readonly isPackaged = false
  #ready: Promise<void> | undefined

  whenReady = () => (this.#ready ??= start())
  isReady = () => this.#ready !== undefined
  enableSandbox = forceSandbox
  getPath = (name: string) => paths.get(name) ?? tmpdir()
  setPath = (name: string, path: string) => void paths.set(name, path)
  setAppUserModelId(_id: string) {}
  setBadgeCount = (_count: number) => true
  requestSingleInstanceLock = () => lockFor(userData(), () => this.emit('second-instance'))

  quit(): void {
    if (this.#refuses('before-quit')) return
    for (const window of BrowserWindow.getAllWindows()) window.close()
    if (BrowserWindow.getAllWindows().length > 0 || this.#refuses('will-quit')) return
    this.exit(0)
  }

  exit(code: number): void {
    this.emit('quit', {}, code)
    process.exit(code)
  }

  #refuses(event: string): boolean {
    let refused = false
    this.emit(event, { preventDefault: () => void (refused = true) })
    return refused
  }
}

export const app = new App()

function userData(): string {
  const path = app.getPath('userData')
  mkdirSync(path, { recursive: true })
  return path
}

async function start(): Promise<void> {
  surround({
    chromium: chromium.promise,
    created: (contents) => app.emit('web-contents-created', {}, contents),
    allClosed() {
      if (!app.emit('window-all-closed')) app.quit()
    },
  })
  chromium.resolve(await startChromium(userData()))
  app.emit('ready')
}
