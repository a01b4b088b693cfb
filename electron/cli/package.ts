// `npm run package`: builds the packages of this system. electron-builder downloads tools from GitHub and retries for
// minutes; if GitHub can't be reached, this command says so at once.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SECOND } from '../../shared/domain/time.ts'
import { buildIfNeeded } from './build.ts'

const ROOT = join(import.meta.dirname, '../..')
const TIMEOUT_MS = 3 * SECOND

const args = process.argv.slice(2)
const failure = (await reasonNotToPackage()) ?? (await buildIfNeeded(ROOT))
if (failure !== undefined) {
  console.error(failure)
  process.exitCode = 1
} else {
  const builder = fileURLToPath(import.meta.resolve('electron-builder/cli.js'))
  const child = spawn(process.execPath, [builder, '--publish', 'never', ...args], { cwd: ROOT, stdio: 'inherit' })
  const [code] = await once(child, 'close')
  process.exitCode = code
}

/** A local Electron with a folder as the output needs no download. */
async function reasonNotToPackage(): Promise<string | undefined> {
  if (args.includes('--dir') && args.some((argument) => argument.includes('electronDist'))) return undefined
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8'))
  const mirror = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/'
  const url = `${mirror}v${version}/SHASUMS256.txt`
  try {
    const { ok, status } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(TIMEOUT_MS) })
    return ok ? undefined : `Packaging failed: ${url} answered with status ${status}.`
  } catch (error) {
    const { cause = error } = error as Error
    return `Packaging failed: the packaging tools come from ${new URL(url).host}, which can't be reached (${cause instanceof Error ? cause.message : String(cause)}).`
  }
}
