// Permissions: Chromium does what the handlers return. Electron without handlers grants everything.
import type { CdpSession } from './cdp.ts'

type Check = (contents: null, permission: string, origin: string, details: object) => boolean
type Request = (contents: null, permission: string, answer: (granted: boolean) => void, details: object) => void

/** Electron's names, and Chromium's. */
const PERMISSIONS = {
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  media: ['audioCapture', 'videoCapture'],
  midi: ['midi'],
  'clipboard-read': ['clipboardReadWrite'],
  'idle-detection': ['idleDetection'],
} as const

let check: Check | undefined
let request: Request | undefined

export const session = {
  defaultSession: {
    setPermissionCheckHandler: (handler: Check) => void (check = handler),
    setPermissionRequestHandler: (handler: Request) => void (request = handler),
  },
}

export async function applyPermissions(browser: CdpSession): Promise<void> {
  const granted = Object.entries(PERMISSIONS).flatMap(([name, permissions]) => (isGranted(name) ? permissions : []))
  await browser.send('Browser.resetPermissions')
  await browser.send('Browser.grantPermissions', { permissions: granted })
}

function isGranted(permission: string): boolean {
  let granted = check?.(null, permission, '', {}) ?? true
  request?.(null, permission, (answer) => void (granted &&= answer), {})
  return granted
}
