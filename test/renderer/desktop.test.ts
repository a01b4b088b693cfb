import { describe, expect, it } from 'vitest'
import { desktopHost } from '../../renderer/api/desktop.ts'
import type { StreamListener } from '../../renderer/api/host.ts'
import type { Bridge, BridgeRequest, HostMessage } from '../../shared/client/bridge.ts'
import { createClient } from '../../shared/client/client.ts'
import { eventOf } from './event-of.ts'

function createBridge() {
  const asked: BridgeRequest[] = []
  const listeners = new Set<(push: HostMessage) => void>()
  const bridge: Bridge = {
    async request(request) {
      asked.push(request)
      return { status: 200, body: { token: 'secret' } }
    },
    onMessage(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const push = (each: HostMessage) => listeners.forEach((listener) => listener(each))
  return { bridge, asked, push }
}

function createListener() {
  const received: unknown[] = []
  const listener: StreamListener = {
    onOpen: () => received.push('opened'),
    onDisconnect: () => received.push('lost'),
    onChange: (change) => received.push(change),
    onReset: () => received.push('reset'),
    onNavigate: (path) => received.push(path),
  }
  return { listener, received }
}

describe('the desktop transport', () => {
  it('passes a call to the bridge and returns its answer', async () => {
    const { bridge, asked } = createBridge()
    const client = createClient(desktopHost(bridge).call)
    expect(await client.getToken()).toEqual({ token: 'secret' })
    await client.updateSettings({ body: { theme: 'dark' } })
    expect(asked).toEqual([
      { method: 'GET', url: '/api/anomaly/token', body: undefined },
      { method: 'PATCH', url: '/api/anomaly/settings', body: { theme: 'dark' } },
    ])
  })

  it('is open at once, delivers changes and paths, and nothing after its end', () => {
    const { bridge, push } = createBridge()
    const { listener, received } = createListener()
    const change = { id: 7, kind: 'anomaly_detected', event: eventOf(1) } as const
    const end = desktopHost(bridge).subscribe(listener)
    push({ kind: 'change', change })
    push({ kind: 'open', path: '/events/3' })
    end()
    push({ kind: 'open', path: '/events/4' })
    expect(received).toEqual(['opened', change, '/events/3'])
  })
})
