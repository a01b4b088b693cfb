// What belongs to the system: tray, menu, images, notifications, dialogs, displays. Here they only remember.
import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import type { MenuItemConstructorOptions, Rectangle } from 'electron'

export const WORK_AREA: Rectangle = { x: 0, y: 0, width: 1920, height: 1040 }

export const screen = { getAllDisplays: () => [{ id: 1, bounds: WORK_AREA, workArea: WORK_AREA }] }

export const dialog = { showErrorBox: (title: string, content: string) => console.error(`${title}: ${content}`) }

class NativeImage {
  readonly #png: Buffer

  constructor(png: Buffer) {
    this.#png = png
  }

  isEmpty = () => this.#png.length === 0
  toPNG = () => this.#png
  /** As the file's header says. */
  getSize = () =>
    this.isEmpty() ? { width: 0, height: 0 } : { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) }
}

/** A file that is missing gives an empty image, as Electron has it. */
export const nativeImage = {
  createFromPath: (path: string) => new NativeImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0)),
}

export class Menu {
  readonly items: MenuItemConstructorOptions[]

  constructor(items: MenuItemConstructorOptions[]) {
    this.items = items
  }

  static buildFromTemplate = (template: MenuItemConstructorOptions[]) => new Menu(template)
  static setApplicationMenu(_menu: Menu | null) {}
}

export class Tray extends EventEmitter {
  setImage(_image: NativeImage) {}
  setToolTip(_text: string) {}
  setContextMenu(_menu: Menu) {}
  destroy() {}
}

export class Notification extends EventEmitter {
  static isSupported = () => true

  readonly title: string
  readonly body: string

  constructor({ title = '', body = '' }: { title?: string; body?: string } = {}) {
    super()
    this.title = title
    this.body = body
  }

  show() {}
  close() {
    this.emit('close')
  }
}
