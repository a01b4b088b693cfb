// The one bridge. It names its two channels itself, so that the page can reach no other.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { PUSH_CHANNEL, REQUEST_CHANNEL, type Bridge, type Push } from '../../shared/client/bridge.ts'

const bridge: Bridge = {
  request: (request) => ipcRenderer.invoke(REQUEST_CHANNEL, request),
  onPush(listener) {
    const hear = (_event: IpcRendererEvent, push: Push) => listener(push)
    ipcRenderer.on(PUSH_CHANNEL, hear)
    return () => void ipcRenderer.off(PUSH_CHANNEL, hear)
  },
}

contextBridge.exposeInMainWorld('tocsin', bridge)
