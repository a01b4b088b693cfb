// `npm start` and `npm run headless`: builds what is missing or old, then becomes the host.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildIfNeeded } from './build.ts'

const ROOT = join(import.meta.dirname, '../..')
const HOST = join(ROOT, 'out/headless/index.js')

const shell = process.ppid
const asked = process.argv.indexOf('--headless')
if (asked < 0) console.log('Tocsin has no desktop window yet; it runs headless.')
else process.argv.splice(asked, 1)

const failure = await buildIfNeeded(ROOT)
if (failure !== undefined) {
  console.error(`${failure}\nTocsin could not be built.`)
  process.exitCode = 1
} else if (process.ppid !== shell) {
  // Whoever started us has ended in the meantime; nobody waits for a host any more.
  process.exitCode = 1
} else if (process.execve) {
  // The host takes this very process, so that signals reach it; what it took to run TypeScript, some 40 MB, is gone.
  process.execve(process.execPath, [process.execPath, HOST, ...process.argv.slice(2)])
} else {
  await import(pathToFileURL(HOST).href)
}
