// Electron's security checklist, for every page that is ever opened: the interface goes nowhere, opens nothing and may
// do nothing but notify.
import { app, session, type WebContents, type WebPreferences } from 'electron'
import { isOwn } from './origin.ts'

export const WEB_PREFERENCES: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  spellcheck: false,
}

const ALLOWED = new Set(['notifications'])

export function secure(): void {
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => confine(contents))
}

/** Once the program is ready. */
export function refusePermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(ALLOWED.has(permission)))
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => ALLOWED.has(permission))
}

function confine(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOwn(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
