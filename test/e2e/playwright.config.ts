import { defineConfig } from 'playwright/test'
import { findBrowser } from '../find-browser.ts'

const executablePath = findBrowser()
if (!executablePath) throw new Error('There is no browser; "node test/install-browser.ts" installs one.')

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: '../../test-results',
  globalSetup: '../build.ts',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  // A test that passes at the second try hides a race: none is tried twice.
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['./host-count.ts', { host: 'browser' }]],
  use: {
    viewport: { width: 1360, height: 850 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking'],
    },
  },
})
