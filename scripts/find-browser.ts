// The browser that the end-to-end tests run in: the one that is asked for, Playwright's own, or the system's.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
]

const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Path of a browser that starts. Throws if TOCSIN_TEST_BROWSER names one that doesn't. */
export function findBrowser(): string | undefined {
  const asked = process.env.TOCSIN_TEST_BROWSER
  if (!asked) return [chromium.executablePath(), ...onPath(), ...PLACES].find(starts)
  if (!starts(asked)) throw new Error(`TOCSIN_TEST_BROWSER names ${asked}, which does not start.`)
  return asked
}

const onPath = () =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'].flatMap((folder) =>
    NAMES.map((name) => join(folder, name)),
  )

/** A browser may be there and yet lack what it needs; on Windows it would open a window when asked. */
const starts = (path: string) =>
  existsSync(path) &&
  (process.platform === 'win32' || spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 10_000 }).status === 0)
