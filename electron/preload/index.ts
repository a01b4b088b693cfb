// The preload script: exposes the bridge to the page. It names its two channels itself, so the page can use no other.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { MESSAGE_CHANNEL, REQUEST_CHANNEL, type Bridge, type HostMessage } from '../../shared/client/bridge.ts'

const bridge: Bridge = {
  request: (request) => ipcRenderer.invoke(REQUEST_CHANNEL, request),
  onMessage(listener) {
    const receive = (_event: IpcRendererEvent, message: HostMessage) => listener(message)
    ipcRenderer.on(MESSAGE_CHANNEL, receive)
    return () => void ipcRenderer.off(MESSAGE_CHANNEL, receive)
  },
}

contextBridge.exposeInMainWorld('tocsin', bridge)
