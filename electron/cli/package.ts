// `npm run package`: builds the packages of this system. What electron-builder needs beside npm's packages it fetches
// from GitHub, with a patience of minutes; where that can't be reached, this says so at once.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded } from './build.ts'

const ROOT = join(import.meta.dirname, '../..')
const PATIENCE_MS = 3_000

const args = process.argv.slice(2)
const failure = (await whatIsMissing()) ?? (await buildIfNeeded(ROOT))
if (failure !== undefined) {
  console.error(failure)
  process.exitCode = 1
} else {
  const builder = fileURLToPath(import.meta.resolve('electron-builder/cli.js'))
  const child = spawn(process.execPath, [builder, '--publish', 'never', ...args], { cwd: ROOT, stdio: 'inherit' })
  const [code] = await once(child, 'close')
  process.exitCode = code
}

/** An Electron that is at hand, and a folder as the outcome, need nothing from elsewhere. */
async function whatIsMissing(): Promise<string | undefined> {
  if (args.includes('--dir') && args.some((argument) => argument.includes('electronDist'))) return undefined
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8'))
  const mirror = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/'
  const url = `${mirror}v${version}/SHASUMS256.txt`
  try {
    const { ok, status } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE_MS) })
    return ok ? undefined : `Tocsin can't be packaged here: ${url} answers with status ${status}.`
  } catch (error) {
    const { cause = error } = error as Error
    return `Tocsin can't be packaged here: the packaging tools come from ${new URL(url).host}, which can't be reached (${cause instanceof Error ? cause.message : String(cause)}).`
  }
}
