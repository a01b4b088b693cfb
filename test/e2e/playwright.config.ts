import { defineConfig } from 'playwright/test'
import { NODE_COMPILE_CACHE } from '../support/compiled.ts'
import { electronForTests } from '../desktop/desktop-process.ts'
import { findBrowser } from '../../scripts/find-browser.ts'
import type { HostName } from './fixtures.ts'

/** Without one, the specs fail in the global setup; tools that only read this file need none. */
const executablePath = findBrowser()

/** The desktop host's own specs, and the many that are the same on every host. */
const onDesktop = { testMatch: ['e2e/*.spec.ts', 'desktop/*.spec.ts'], grepInvert: /@browser/ }
const electron = electronForTests()

// The workers take it over, and from them every host.
process.env.NODE_COMPILE_CACHE = NODE_COMPILE_CACHE

export default defineConfig<{ hostName: HostName }>({
  testDir: '..',
  outputDir: '../../test-results',
  globalSetup: './global-setup.ts',
  // A spec that measures time sets its own limit; everywhere else a busy machine may take its time.
  timeout: 180_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  // A test that passes at the second try hides a race: none is tried twice.
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['./host-count.ts', { missing: 'reason' in electron ? { electron: electron.reason } : {} }]],
  projects: [
    { name: 'browser', testMatch: 'e2e/*.spec.ts', grepInvert: /@desktop/ },
    { name: 'double', ...onDesktop, use: { hostName: 'double' } },
    ...('path' in electron
      ? [{ name: 'electron', ...onDesktop, grepInvert: /@browser|@double/, use: { hostName: 'electron' as const } }]
      : []),
  ],
  use: {
    viewport: { width: 1360, height: 850 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking'],
    },
  },
})
