// Runs the desktop, and notices if it can't open a window.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { SECOND } from '../../shared/domain/time.ts'
import { whenNpmEnds } from '../core/boot/command-line.ts'

/** A missing library or display ends Electron at once; one that ends later has had a window. */
const STARTUP_MS = 5 * SECOND

/** How Tocsin itself reports that it can't start; it could not start without a window either. */
const STARTUP_FAILURE = 'Tocsin could not start'

/**
 * Runs until the desktop ends.
 *
 * @param electron its program
 * @returns its exit code, or why no window opened: the end of a sentence
 */
export async function runDesktop(electron: string, args: string[]): Promise<{ code: number } | { reason: string }> {
  const startedAt = performance.now()
  const child = spawn(electron, args, { stdio: ['inherit', 'inherit', 'pipe'] })
  let printed = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (printed.length < 10_000) printed += text
    process.stderr.write(text)
  })
  const forward = (signal: NodeJS.Signals) => void child.kill(signal)
  whenNpmEnds(() => forward('SIGTERM'))
  process.on('SIGTERM', forward).on('SIGINT', forward)
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    const opened = code === 0 || printed.includes(STARTUP_FAILURE) || performance.now() - startedAt > STARTUP_MS
    if (opened || signal === 'SIGTERM' || signal === 'SIGINT') return { code: code ?? 1 }
    return { reason: `Electron exited at once: ${printed.trim().split('\n').at(-1) || `code ${code ?? signal}`}` }
  } catch (error) {
    return { reason: `Electron could not be started: ${error instanceof Error ? error.message : String(error)}` }
  } finally {
    process.off('SIGTERM', forward).off('SIGINT', forward)
  }
}
