import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { STREAM_PATH } from '../../../shared/contract/stream.ts'
import { event } from '../../../shared/schemas/event.ts'
import { problem } from '../../../shared/schemas/problem.ts'
import { BEARER, openTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(async () => {
  vi.useRealTimers()
  await server.app.close()
})

interface Listener {
  response: IncomingMessage
  retry: () => number | undefined
  comments: () => number
  /** Resolves with all messages so far, once there are this many. */
  messages(count: number): Promise<EventSourceMessage[]>
  ids(count: number): Promise<number[]>
  end(): void
}

async function listen(lastEventId?: number): Promise<Listener> {
  const headers = { ...BEARER, ...(lastEventId !== undefined && { 'last-event-id': String(lastEventId) }) }
  const request = httpRequest({ host: '127.0.0.1', port: server.port, path: STREAM_PATH, headers, agent: false })
  request.end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const messages: EventSourceMessage[] = []
  let retry: number | undefined
  let comments = 0
  const parser = createParser({
    onEvent: (message) => void messages.push(message),
    onRetry: (milliseconds) => {
      retry = milliseconds
    },
    onComment: () => {
      comments += 1
    },
  })
  response.on('data', (chunk: Buffer) => parser.feed(chunk.toString()))
  response.on('error', () => {})
  await until(() => retry !== undefined)
  const collected = async (count: number) => {
    await until(() => messages.length >= count)
    return messages
  }
  return {
    response,
    retry: () => retry,
    comments: () => comments,
    messages: collected,
    ids: async (count) => (await collected(count)).map(({ id }) => Number(id)),
    end: () => request.destroy(),
  }
}

const changes = (count: number) => Array.from({ length: count }, () => server.change().id)

test('a change is sent live, with its kind, its id and the event', async () => {
  const listener = await listen()
  const { event: sent } = server.change({ title: 'two\nlines, é 🔔' })
  const [message] = await listener.messages(1)
  expect(message).toMatchObject({ event: 'event_updated', id: '1' })
  expect(event.parse(JSON.parse(message!.data))).toEqual(sent)
  expect(listener.retry()).toBe(2000)
  expect(listener.response.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
})

test('without Last-Event-ID only new changes are sent', async () => {
  changes(3)
  const listener = await listen()
  changes(2)
  expect(await listener.ids(2)).toEqual([4, 5])
})

describe('Last-Event-ID', () => {
  test('replays all that was missed, in order, and continues live', async () => {
    const missed = changes(350)
    const listener = await listen(20)
    const live = changes(10)
    expect(await listener.ids(340)).toEqual([...missed.slice(20), ...live])
  })
  test('0 replays everything', async () => {
    changes(3)
    expect(await (await listen(0)).ids(3)).toEqual([1, 2, 3])
  })
  test('the newest id replays nothing, and later changes follow', async () => {
    changes(3)
    const listener = await listen(3)
    changes(1)
    expect(await listener.ids(1)).toEqual([4])
  })
  test('nothing is lost or doubled while changes keep coming', async () => {
    changes(500)
    const listeners = await Promise.all(
      Array.from({ length: 8 }, async (_, at) => {
        const listener = await listen(at * 10)
        changes(150)
        return { listener, from: at * 10 }
      }),
    )
    const newest = changes(1)[0]!
    for (const { listener, from } of listeners) {
      expect(await listener.ids(newest - from)).toEqual(Array.from({ length: newest - from }, (_, at) => from + at + 1))
    }
  })
  test.each([
    ['what is no longer kept', 5],
    ['an id that never was', 99],
  ])('%s: one reset, then live', async (_what, lastSeen) => {
    changes(20)
    server.dropUpTo(10)
    const listener = await listen(lastSeen)
    changes(1)
    const messages = await listener.messages(2)
    expect(messages.map((message) => [message.event, message.id])).toEqual([
      ['reset', '20'],
      ['event_updated', '21'],
    ])
    // An event without data would never be dispatched.
    expect(messages[0]!.data).not.toBe('')
  })
  test('an empty log sends a reset', async () => {
    changes(20)
    server.dropUpTo(20)
    expect((await (await listen(10)).messages(1))[0]).toMatchObject({ event: 'reset', id: '20' })
  })
  test('the oldest that is kept needs no reset', async () => {
    changes(20)
    server.dropUpTo(10)
    expect(await (await listen(10)).ids(10)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
    server.dropUpTo(20)
    const listener = await listen(20)
    changes(1)
    expect(await listener.ids(1)).toEqual([21])
  })
  test.each(['x', '-1', '1.5', '', ' ', '1e3'])('"%s" is 422', async (lastEventId) => {
    const answer = await server.ask({ path: STREAM_PATH, headers: { ...BEARER, 'last-event-id': lastEventId } })
    expect(answer.status).toBe(422)
    expect(problem.parse(answer.json()).errors).toMatchObject([{ path: 'last-event-id' }])
  })
})

test('a sign of life every 15 s', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] })
  const listener = await listen()
  expect(listener.comments()).toBe(0)
  vi.advanceTimersByTime(14_900)
  changes(1)
  await listener.messages(1)
  expect(listener.comments()).toBe(0)
  vi.advanceTimersByTime(15_100)
  await until(() => listener.comments() > 0)
  expect(listener.comments()).toBe(2)
})

describe('a reader that reads nothing', () => {
  const LARGE = { description: 'x'.repeat(64 * 1024) }

  const sendMuch = async (count: number) => {
    for (let sent = 0; sent < count; sent += 1) {
      server.change(LARGE)
      if (sent % 10 === 0) await new Promise(setImmediate)
    }
  }

  /** Asks for the stream and stops reading when it has begun. */
  async function deaf() {
    const serverSide = once(server.app.server, 'connection') as Promise<[Socket]>
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => {})
    readers.push(socket)
    socket.write(`GET ${STREAM_PATH} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${BEARER.authorization}\r\n\r\n`)
    await once(socket, 'data')
    socket.pause()
    return (await serverSide)[0]
  }
  const readers: Socket[] = []
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.destroy()
  })

  test('fills no memory and delays no other reader', async () => {
    const socket = await deaf()
    const other = await listen()
    await sendMuch(500)
    expect(await other.ids(500)).toHaveLength(500)
    // Of the 32 MiB that were sent.
    expect(socket.writableLength).toBeLessThan(256 * 1024)
    expect(socket.writableLength).toBeGreaterThan(0)
  })
  test('gets all of it when it reads on', async () => {
    await deaf()
    await sendMuch(300)
    let text = ''
    readers[0]!.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    readers[0]!.resume()
    await until(() => text.includes('id: 300\n'))
    expect(text.match(/^id: \d+$/gm)?.map((line) => Number(line.slice(4)))).toEqual(
      Array.from({ length: 300 }, (_, at) => at + 1),
    )
  })
  test('does not hold up the end', async () => {
    await deaf()
    await sendMuch(300)
    const start = performance.now()
    await server.app.close()
    server.change()
    expect(performance.now() - start).toBeLessThan(500)
    expect(server.logged).toEqual([])
  })
  test('is cut off after 30 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const socket = await deaf()
    await sendMuch(500)
    vi.advanceTimersByTime(29_000)
    await new Promise(setImmediate)
    expect(socket.destroyed).toBe(false)
    vi.advanceTimersByTime(1_001)
    await new Promise(setImmediate)
    expect(socket.destroyed).toBe(true)
    expect(server.logged).toMatchObject([{ level: 'warn' }])
  })
})

test('a listener that disconnected is removed', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const listener = await listen()
  expect([server.listeners(), vi.getTimerCount()]).toEqual([1, 1])
  listener.end()
  await until(() => server.listeners() === 0)
  expect(vi.getTimerCount()).toBe(0)
  changes(10)
  expect(server.logged).toEqual([])
})

test('one that went away before it began is not taken on', async () => {
  const usual = server
  server = await openTestServer({}, {}, (app) => app.addHook('onRequest', () => sleep(30)))
  const request = httpRequest({ host: '127.0.0.1', port: server.port, path: STREAM_PATH, headers: BEARER })
  request.on('error', () => {})
  request.end()
  await once(server.app.server, 'request')
  request.destroy()
  await sleep(60)
  expect(server.listeners()).toBe(0)
  await usual.app.close()
})

test('close ends it at once, and cleanly', async () => {
  const listeners = await Promise.all([listen(), listen(), listen(0)])
  const ended = listeners.map(({ response }) => once(response, 'end'))
  const start = performance.now()
  const closing = server.app.close()
  changes(3)
  await closing
  await Promise.all(ended)
  expect(server.listeners()).toBe(0)
  expect(performance.now() - start).toBeLessThan(500)
  changes(3)
  expect(server.logged).toEqual([])
})

test('a log that can not be read is a problem, or the end of the stream', async () => {
  let broken = true
  const listeners = new Set<() => void>()
  const opened = await openTestServer({
    changes: {
      feed: {
        publish() {},
        subscribe: (listener) => (listeners.add(listener as () => void), () => {}),
        listeners: () => listeners.size,
      },
      log: {
        append: () => {
          throw new Error('unused')
        },
        appendIncident: () => {
          throw new Error('unused')
        },
        after: () => [],
        bounds: () => {
          if (broken) throw new Error('disk I/O error')
          return { oldest: 0, newest: 0 }
        },
      },
    },
  })
  const usual = server
  server = opened
  expect((await opened.ask({ path: STREAM_PATH, headers: BEARER })).status).toBe(500)
  broken = false
  const listener = await listen()
  broken = true
  for (const publish of listeners) publish()
  await until(() => listener.response.closed)
  expect(opened.logged.map(({ level }) => level)).toEqual(['error', 'warn'])
  await usual.app.close()
})

/** In real time, whatever the clock of the program does. */
async function until(isSo: () => boolean) {
  for (let waited = 0; !isSo(); waited += 2) {
    if (waited > 5000) throw new Error('It never came to be.')
    await sleep(2)
  }
}
