// The double of `electron`: the part of it that Tocsin's main process uses, on a real Chromium. It can't show native
// trays, native notifications, the system's sandbox or fuses; a run on it is no run on Electron.
import { app } from './app.ts'
import { listenToSpecs } from './control.ts'
import { dialog, Menu, nativeImage, Notification, screen, Tray } from './native.ts'
import { ipcMain } from './ipc.ts'
import { protocol } from './protocol.ts'
import { session } from './session.ts'
import { BrowserWindow } from './window.ts'

export { app, BrowserWindow, dialog, ipcMain, Menu, nativeImage, Notification, protocol, screen, session, Tray }

listenToSpecs({
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  Notification,
  protocol,
  screen,
  session,
  Tray,
})
