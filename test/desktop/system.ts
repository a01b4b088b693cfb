// What the desktop passes to the system: tray, badge and notifications, noted from the moment of the call.
import type { Desktop } from './desktop-process.ts'

interface Noted {
  tooltip: string
  /** Size of the tray's icon. */
  icon: { width: number; height: number }
  /** The icon as a PNG in Base64. */
  picture: string
  badge: number
  menu: string[]
  notifications: { title: string; body: string }[]
}

export interface System {
  noted(): Promise<Noted>
  /** The entry of the tray's menu. */
  choose(label: string): Promise<void>
  /** @param index of the notification, as shown */
  clickNotification(index: number): Promise<void>
}

export async function watchSystem({ evaluate }: Desktop): Promise<System> {
  await evaluate(({ app, Notification, Tray }) => {
    const noted: Noted = {
      tooltip: '',
      icon: { width: 0, height: 0 },
      picture: '',
      badge: 0,
      menu: [],
      notifications: [],
    }
    const entries = new Map<string, () => void>()
    const shown: Electron.Notification[] = []
    Object.assign(globalThis, { systemNoted: { noted, entries, shown } })
    Tray.prototype.setToolTip = (text) => void (noted.tooltip = text)
    Tray.prototype.setImage = (image) => {
      if (typeof image === 'string') return
      noted.icon = image.getSize()
      noted.picture = image.toPNG().toString('base64')
    }
    Tray.prototype.setContextMenu = (menu) => {
      for (const { label, click } of menu?.items ?? []) entries.set(label, click as () => void)
      noted.menu = (menu?.items ?? []).map(({ label }) => label)
    }
    app.setBadgeCount = (count = 0) => Boolean((noted.badge = count))
    Notification.prototype.show = function show(this: Electron.Notification) {
      shown.push(this)
      noted.notifications.push({ title: this.title, body: this.body })
    }
  })
  return {
    noted: () => evaluate(() => (globalThis as unknown as Globals).systemNoted.noted),
    choose: (label) =>
      evaluate((_, label) => (globalThis as unknown as Globals).systemNoted.entries.get(label)!(), label),
    clickNotification: (index) =>
      evaluate((_, index) => void (globalThis as unknown as Globals).systemNoted.shown[index]!.emit('click'), index),
  }
}

interface Globals {
  systemNoted: { noted: Noted; entries: Map<string, () => void>; shown: Electron.Notification[] }
}
