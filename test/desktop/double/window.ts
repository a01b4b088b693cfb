// BrowserWindow: a page of Chromium, and the frame around it as far as the main process can see.
import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import type { Chromium, Page } from './chromium.ts'
import { WebContents } from './contents.ts'
import { WORK_AREA } from './native.ts'
import { applyPermissions } from './session.ts'

interface Surroundings {
  chromium: Promise<Chromium>
  /** The program is notified of every page before anything of it is loaded. */
  created(contents: WebContents): void
  allClosed(): void
}

let surroundings: Surroundings
const windows = new Set<BrowserWindow>()

export function surround(given: Surroundings): void {
  surroundings = given
  void given.chromium.then(({ onPopup }) => onPopup((opener, page) => void decidePopup(opener, page)))
}

export class BrowserWindow extends EventEmitter {
  static getAllWindows = () => [...windows]

  readonly webContents: WebContents
  readonly #open: Promise<void>
  readonly #page = Promise.withResolvers<Page>()
  #bounds: Rectangle
  #visible: boolean
  #maximized = false
  #minimized = false

  constructor(options: BrowserWindowConstructorOptions = {}, popup?: Page) {
    super()
    const { width = 800, height = 600, show = true, webPreferences = {} } = options
    const { x = (WORK_AREA.width - width) / 2, y = (WORK_AREA.height - height) / 2 } = options
    this.#bounds = { x, y, width, height }
    this.#visible = show
    this.webContents = new WebContents(webPreferences)
    windows.add(this)
    surroundings.created(this.webContents)
    this.#open = this.#begin(popup)
    this.#open.catch(() => {})
  }

  async #begin(popup?: Page): Promise<void> {
    const { openPage, browser } = await surroundings.chromium
    await applyPermissions(browser)
    const page = popup ?? (await openPage())
    await this.webContents.adopt(page)
    this.#page.resolve(page)
    this.webContents.once('dom-ready', () => this.emit('ready-to-show'))
    browser.on('Target.targetDestroyed', ({ targetId }) => {
      if (targetId === page.id) this.#gone()
    })
  }

  async loadURL(url: string): Promise<void> {
    await this.#open
    await this.webContents.loadURL(url)
  }

  isVisible = () => this.#visible
  isMinimized = () => this.#minimized
  isMaximized = () => this.#maximized
  isDestroyed = () => !windows.has(this)
  isFocused = () => this.#visible
  getBounds = () => (this.#maximized ? WORK_AREA : this.#bounds)
  getNormalBounds = () => this.#bounds
  setBounds = (bounds: Partial<Rectangle>) => void (this.#bounds = { ...this.#bounds, ...bounds })
  maximize = () => void (this.#maximized = true)
  minimize = () => void (this.#minimized = true)
  restore = () => void (this.#minimized = false)
  focus() {}

  show(): void {
    this.#visible = true
    this.emit('show')
  }

  hide(): void {
    this.#visible = false
    this.emit('hide')
  }

  close(): void {
    let refused = false
    this.emit('close', { preventDefault: () => void (refused = true) })
    if (!refused) this.destroy()
  }

  destroy(): void {
    void this.#page.promise.then((page) => page.close()).catch(() => {})
    this.#gone()
  }

  #gone(): void {
    if (!windows.delete(this)) return
    this.webContents.page = undefined
    this.emit('closed')
    if (windows.size === 0) surroundings.allClosed()
  }
}

/** A page has opened another, which waits until its opener's handler has spoken. */
async function decidePopup(openerId: string, page: Page): Promise<void> {
  const opener = [...windows].find(({ webContents }) => webContents.page?.id === openerId)
  if (!opener || opener.webContents.mayOpen()) void new BrowserWindow({}, page)
  else await page.close()
}
