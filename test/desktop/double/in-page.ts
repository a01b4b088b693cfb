// What the double puts into the page: the bridge between the worlds, and what a preload script can require. These
// functions travel as text, so that they know nothing but their arguments.

type Link = ReturnType<typeof linkWorlds>

/**
 * One end of contextBridge. Worlds share events and nothing else: values cross as text, functions and promises as
 * numbers to be called by. The events are those of `performance`, since a document that is written anew loses its own.
 */
export function linkWorlds(secret: string, own: string, other: string) {
  type Wire = { value?: unknown; list?: Wire[]; object?: [string, Wire][]; call?: number; promise?: number }
  const functions: ((...args: unknown[]) => unknown)[] = []
  const promises = new Map<number, PromiseWithResolvers<unknown>>()
  let returned = ''
  let lastPromise = 0

  const send = (kind: string, detail: unknown) =>
    performance.dispatchEvent(new CustomEvent(`${secret}-${other}-${kind}`, { detail: JSON.stringify(detail) }))
  const on = (kind: string, listener: (detail: string) => void) =>
    performance.addEventListener(`${secret}-${own}-${kind}`, (event) => listener((event as CustomEvent<string>).detail))

  function wrap(value: unknown): Wire {
    if (typeof value === 'function') return { call: functions.push(value as never) - 1 }
    if (value instanceof Promise) return { promise: follow(value) }
    if (Array.isArray(value)) return { list: value.map(wrap) }
    if (typeof value === 'object' && value !== null) {
      return { object: Object.entries(value).map(([key, one]): [string, Wire] => [key, wrap(one)]) }
    }
    return { value }
  }

  function follow(promise: Promise<unknown>): number {
    const id = ++lastPromise
    promise.then(
      (value) => send('settle', { id, wire: wrap(value) }),
      (error: unknown) => send('settle', { id, error: String(error instanceof Error ? error.message : error) }),
    )
    return id
  }

  function unpack({ value, list, object, call, promise }: Wire): unknown {
    if (call !== undefined) return (...args: unknown[]) => callOther(call, args)
    if (list) return Object.freeze(list.map(unpack))
    if (object) return Object.freeze(Object.fromEntries(object.map(([key, one]) => [key, unpack(one)])))
    if (promise === undefined) return value
    const settled = Promise.withResolvers<unknown>()
    promises.set(promise, settled)
    return settled.promise
  }

  function callOther(id: number, args: unknown[]): unknown {
    send('call', { id, args: args.map(wrap) })
    const { wire, error } = JSON.parse(returned)
    if (error !== undefined) throw new Error(error)
    return unpack(wire)
  }

  on('call', (detail) => {
    const { id, args } = JSON.parse(detail)
    try {
      send('return', { wire: wrap(functions[id]!(...args.map(unpack))) })
    } catch (error) {
      send('return', { error: String(error instanceof Error ? error.message : error) })
    }
  })
  on('return', (detail) => void (returned = detail))
  on('settle', (detail) => {
    const { id, wire, error } = JSON.parse(detail)
    const settled = promises.get(id)
    promises.delete(id)
    if (error === undefined) settled?.resolve(unpack(wire))
    else settled?.reject(new Error(error))
  })
  on('expose', (detail) => {
    const { name, wire } = JSON.parse(detail)
    Object.defineProperty(window, name, { value: unpack(wire), enumerable: true })
  })
  return { expose: (name: string, api: unknown) => send('expose', { name, wire: wrap(api) }) }
}

/** What a preload script can require. */
export function createRuntime(
  names: { BINDING: string; RUNTIME: string; NODE_PATH: string },
  node: boolean,
  link?: Link,
) {
  type Listener = (event: object, ...args: unknown[]) => void
  const globals = globalThis as unknown as Record<string, (text: string) => void>
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const listeners = new Map<string, Set<Listener>>()
  let lastId = 0

  const ipcRenderer = {
    invoke(channel: string, ...args: unknown[]) {
      const answer = Promise.withResolvers<unknown>()
      waiting.set(++lastId, answer)
      globals[names.BINDING]!(JSON.stringify({ id: lastId, channel, args: structuredClone(args) }))
      return answer.promise
    },
    on(channel: string, listener: Listener) {
      if (!listeners.has(channel)) listeners.set(channel, new Set())
      listeners.get(channel)!.add(listener)
      return ipcRenderer
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener)
      return ipcRenderer
    },
  }
  const runtime = {
    settle(id: number, value: unknown, error?: string) {
      if (error === undefined) waiting.get(id)?.resolve(value)
      else waiting.get(id)?.reject(new Error(error))
      waiting.delete(id)
    },
    deliver(channel: string, args: unknown[]) {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args)
    },
  }
  Object.defineProperty(globalThis, names.RUNTIME, { value: runtime })

  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown) {
      if (!link) throw new Error('contextBridge API can only be used when contextIsolation is enabled')
      link.expose(name, api)
    },
  }

  /** Modules of Node, reached through requests that wait: their functions, and the JSON that these give. */
  function nodeModule(module: string, path: string[] = []): unknown {
    return new Proxy(() => {}, {
      get: (_target, key) => nodeModule(module, [...path, String(key)]),
      apply(_target, _this, args) {
        const request = new XMLHttpRequest()
        request.open('POST', names.NODE_PATH, false)
        request.send(JSON.stringify({ module, path, args }))
        return JSON.parse(request.responseText).value
      },
    })
  }
  return {
    require(name: string): unknown {
      if (name === 'electron') return { contextBridge, ipcRenderer }
      if (!node) throw new Error(`module not found: ${name}`)
      return nodeModule(name)
    },
  }
}
