// Lets specs look into the main process, as Playwright does on Electron: they send the text of a function, which is
// called with the module and an argument.
import { runInThisContext } from 'node:vm'
import { endpoint } from './app.ts'

export interface ControlRequest {
  id: number
  source: string
  arg: unknown
}

export type ControlMessage = { endpoint: string } | { id: number; value?: unknown; error?: string }

export function listenToSpecs(electron: object): void {
  if (!process.send) return
  const reply = (message: ControlMessage) => process.send?.(message)
  void endpoint.then((url) => reply({ endpoint: url }))
  process.on('message', (request) => void answer(request as ControlRequest))
  // Whoever started the double may end before it.
  process.once('disconnect', () => process.exit(1))
  process.channel?.unref()

  async function answer({ id, source, arg }: ControlRequest): Promise<void> {
    try {
      const call = runInThisContext(`(${source})`)
      reply({ id, value: await call(electron, arg) })
    } catch (error) {
      reply({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }
}
