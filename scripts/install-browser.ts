// Runs before the end-to-end tests: installs a browser if there is none, Playwright's own or the distribution's.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './find-browser.ts'

const browser = findBrowser() ?? installed()
if (browser === undefined) {
  console.error(
    'There is no browser for the end-to-end tests, and none could be installed. Install Chromium or Chrome ' +
      '(Debian: "apt-get install chromium" as root), or name one in TOCSIN_TEST_BROWSER.',
  )
  process.exitCode = 1
} else {
  console.log(`The end-to-end tests use ${browser}`)
}

function installed(): string | undefined {
  for (const attempt of [installFromPlaywright, installFromDebian]) {
    attempt()
    const browser = findBrowser()
    if (browser !== undefined) return browser
  }
  return undefined
}

function installFromPlaywright() {
  const command = join(import.meta.dirname, '../node_modules/playwright/cli.js')
  run("Playwright's Chromium", process.execPath, [command, 'install', '--no-shell', 'chromium'], 60)
}

function installFromDebian() {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return
  const packages = ['chromium', 'fonts-dejavu-core']
  if (run("Debian's list of packages", 'apt-get', ['update'], 120)) {
    run("Debian's Chromium", 'apt-get', ['install', '-y', '--no-install-recommends', ...packages], 600)
  }
}

/** Says what failed and why, in a line of the command's own. */
function run(what: string, command: string, args: string[], seconds: number): boolean {
  console.log(`Installing ${what} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' }
  const { status, error, stdout, stderr } = spawnSync(command, args, { env, timeout: seconds * 1000, encoding: 'utf8' })
  if (status === 0) return true
  const lines = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n')
  const reason = error?.message ?? lines.find((line) => /^(E|Error): /.test(line)) ?? lines.at(-1)
  console.log(`Installing ${what} failed: ${reason}`)
  return false
}
