// `npm start` and `npm run headless`: builds Tocsin if needed, then opens the desktop, or runs the headless host if no
// window can open.
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
  console.error(`${failure}\nBuilding Tocsin failed.`)
  process.exitCode = 1
} else if (process.ppid !== shell) {
  // The shell that started this process has ended in the meantime, so nobody waits for a host.
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
    console.log(`Tocsin runs without a window, because ${outcome.reason}.`)
  }
  await becomeHeadless()
}

async function becomeHeadless(): Promise<void> {
  const args = [process.execPath, HEADLESS, ...flags]
  // The host replaces this process, so that signals reach it, and some 40 MB for running TypeScript are freed.
  if (process.execve) process.execve(process.execPath, args)
  process.argv = args
  await import(pathToFileURL(HEADLESS).href)
}
