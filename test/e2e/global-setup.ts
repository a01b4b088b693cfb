// Before any spec: there is a browser, and what is built is what the sources say.
import build from '../support/build.ts'
import { findBrowser } from '../../scripts/find-browser.ts'

export default async function setUp() {
  if (findBrowser() === undefined)
    throw new Error(
      'There is no browser for the specs. "npm run test:e2e" installs one; TOCSIN_TEST_BROWSER names one.',
    )
  await build()
}
