// What a process holds on to: its memory once all that nobody needs was collected, asked through Node's inspector.

/** Bytes. */
export interface Memory {
  /** Objects, and what lies beside the heap for them. */
  retained: number
  resident: number
}

export interface MemoryReader {
  read(): Promise<Memory>
  end(): void
}

/** @param inspector the address at which the process's inspector listens */
export async function readMemoryOf(inspector: string): Promise<MemoryReader> {
  const socket = new WebSocket(inspector)
  const { promise: opened, resolve, reject } = Promise.withResolvers<void>()
  socket.addEventListener('open', () => resolve())
  socket.addEventListener('error', () => reject(new Error(`no inspector at ${inspector}`)))
  await opened
  let calls = 0

  function call<T>(method: string, params = {}): Promise<T> {
    const id = ++calls
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const onMessage = ({ data }: MessageEvent<string>) => {
      const answer = JSON.parse(data) as { id: number; result: T; error?: { message: string } }
      if (answer.id !== id) return
      socket.removeEventListener('message', onMessage)
      if (answer.error) reject(new Error(answer.error.message))
      else resolve(answer.result)
    }
    socket.addEventListener('message', onMessage)
    socket.send(JSON.stringify({ id, method, params }))
    return promise
  }

  return {
    async read() {
      await call('HeapProfiler.collectGarbage')
      const expression = 'process.memoryUsage()'
      const { result } = await call<{ result: { value: NodeJS.MemoryUsage } }>('Runtime.evaluate', {
        expression,
        returnByValue: true,
      })
      const { heapUsed, external, rss } = result.value
      return { retained: heapUsed + external, resident: rss }
    },
    end: () => socket.close(),
  }
}
