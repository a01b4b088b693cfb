// The tray: how many criticals are open, and how to get back to the window.
import { join } from 'node:path'
import { app, Menu, nativeImage, Tray } from 'electron'

export interface TrayIcon {
  /** Shows how many real events are open and critical. */
  show(openCriticals: number): void
  destroy(): void
}

/** From here on the icon says only "more". */
const MAX_IN_ICON = 9

interface Actions {
  open(): void
  quit(): void
}

export function createTray(resourcesDir: string, { open, quit }: Actions): TrayIcon {
  const imageFor = (count: number) =>
    nativeImage.createFromPath(join(resourcesDir, 'tray', `${count > MAX_IN_ICON ? `${MAX_IN_ICON}-more` : count}.png`))
  const tray = new Tray(imageFor(0))
  tray.on('click', open)
  return {
    show(openCriticals) {
      const state = openCriticals === 0 ? 'nothing critical is open' : `${openCriticals} open and critical`
      tray.setImage(imageFor(openCriticals))
      tray.setToolTip(`Tocsin: ${state}`)
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: `Tocsin: ${state}`, enabled: false },
          { type: 'separator' },
          { label: 'Open Tocsin', click: open },
          { label: 'Quit', click: quit },
        ]),
      )
      app.setBadgeCount(openCriticals)
    },
    destroy: () => tray.destroy(),
  }
}
