// Says on which host how many specs ran, and fails the run when it was fewer than there are known to be: a spec that is
// skipped or lost is seen. A run on the double of Electron is counted as that and never as one on Electron.
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestResult } from 'playwright/types/testReporter'
import type { HostName } from './fixtures.ts'

/** Raised with every spec that is added. */
const MIN_SPECS: Record<HostName, number> = { browser: 54, double: 70, electron: 68 }

interface Options {
  /** Hosts that can't run on this machine, each with the reason. */
  missing: Partial<Record<HostName, string>>
}

export default class HostCount implements Reporter {
  readonly #missing: Options['missing']
  readonly #counts = new Map<string, { passed: number; failed: number; skipped: number }>()

  constructor({ missing }: Options) {
    this.#missing = missing
  }

  onBegin({ projects }: FullConfig, { suites }: Suite) {
    const asked = process.argv.some((argument) => argument.startsWith('--project'))
      ? suites.map(({ title }) => title)
      : projects.map(({ name }) => name)
    for (const host of asked) this.#counts.set(host, { passed: 0, failed: 0, skipped: 0 })
  }

  onTestEnd(test: TestCase, { status }: TestResult) {
    const count = this.#counts.get(test.parent.project()!.name)!
    count[status === 'passed' || status === 'skipped' ? status : 'failed']++
  }

  async onEnd(): Promise<{ status?: FullResult['status'] }> {
    let complete = true
    for (const [host, { passed, failed, skipped }] of this.#counts) {
      console.log(`host=${host}: ${passed} passed, ${failed} failed, ${skipped} skipped`)
      const minimum = MIN_SPECS[host as HostName]
      if (passed + failed >= minimum) continue
      console.log(`host=${host} has ${minimum} specs at least; some did not run.`)
      complete = false
    }
    for (const [host, reason] of Object.entries(this.#missing))
      console.log(`host=${host}: did not run, because ${reason}`)
    return complete ? {} : { status: 'failed' }
  }
}
