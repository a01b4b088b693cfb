// `npm start` and `npm run headless`: builds what is missing or old, then opens the desktop, or becomes the headless
// host where there can be none.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildIfNeeded } from './build.ts'
import { runDesktop } from './desktop.ts'
import { findElectron } from './electron.ts'

const ROOT = join(import.meta.dirname, '../..')
const HEADLESS = join(ROOT, 'out/headless/index.js')

const shell = process.ppid
const flags = process.argv.slice(2).filter((argument) => argument !== '--headless')
const wantsDesktop = !process.argv.includes('--headless') && !flags.includes('--help')

const failure = await buildIfNeeded(ROOT)
if (failure !== undefined) {
  console.error(`${failure}\nTocsin could not be built.`)
  process.exitCode = 1
} else if (process.ppid !== shell) {
  // Whoever started us has ended in the meantime; nobody waits for a host any more.
  process.exitCode = 1
} else {
  await start()
}

async function start(): Promise<void> {
  if (wantsDesktop) {
    const electron = findElectron(ROOT)
    const outcome = 'path' in electron ? await runDesktop(electron.path, [ROOT, ...flags]) : electron
    if ('code' in outcome) {
      process.exitCode = outcome.code
      return
    }
    console.log(`Tocsin opens no window, because ${outcome.reason}. It runs without one.`)
  }
  await becomeHeadless()
}

async function becomeHeadless(): Promise<void> {
  const args = [process.execPath, HEADLESS, ...flags]
  // The host takes this very process, so that signals reach it; what it took to run TypeScript, some 40 MB, is gone.
  if (process.execve) process.execve(process.execPath, args)
  process.argv = args
  await import(pathToFileURL(HEADLESS).href)
}
