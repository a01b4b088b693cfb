// Opens the desktop, and notices when there can be none after all.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { whenNpmEnds } from '../core/boot/command-line.ts'

/** Libraries or a display that are missing show at once; whoever ends later has had a window. */
const FIRST_MS = 5_000

/** How the program itself says that it won't start; without a window, it would not either. */
const OWN_REFUSAL = 'Tocsin could not start'

/**
 * Runs until the desktop ends.
 *
 * @param electron its program
 * @returns its exit code, or why it never opened: the end of a sentence
 */
export async function runDesktop(electron: string, args: string[]): Promise<{ code: number } | { reason: string }> {
  const begun = performance.now()
  const child = spawn(electron, args, { stdio: ['inherit', 'inherit', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < 10_000) said += text
    process.stderr.write(text)
  })
  const passOn = (signal: NodeJS.Signals) => void child.kill(signal)
  whenNpmEnds(() => passOn('SIGTERM'))
  process.on('SIGTERM', passOn).on('SIGINT', passOn)
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    const opened = code === 0 || said.includes(OWN_REFUSAL) || performance.now() - begun > FIRST_MS
    if (opened || signal === 'SIGTERM' || signal === 'SIGINT') return { code: code ?? 1 }
    return { reason: `Electron ended at once: ${said.trim().split('\n').at(-1) || `code ${code ?? signal}`}` }
  } catch (error) {
    return { reason: `Electron does not start: ${error instanceof Error ? error.message : String(error)}` }
  } finally {
    process.off('SIGTERM', passOn).off('SIGINT', passOn)
  }
}
