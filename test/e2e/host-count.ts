// Says on which host how many specs ran, and fails the run when it was fewer than there are known to be: a spec that is
// skipped or lost is seen.
import type { FullResult, Reporter, TestCase, TestResult } from 'playwright/types/testReporter'

/** Raised with every spec that is added. */
const FEWEST = { browser: 9 }

export default class HostCount implements Reporter {
  readonly host: keyof typeof FEWEST
  readonly count = { passed: 0, failed: 0, skipped: 0 }

  constructor({ host }: { host: keyof typeof FEWEST }) {
    this.host = host
  }

  onTestEnd(_test: TestCase, { status }: TestResult) {
    this.count[status === 'passed' || status === 'skipped' ? status : 'failed']++
  }

  async onEnd(): Promise<{ status?: FullResult['status'] }> {
    const { passed, failed, skipped } = this.count
    console.log(`host=${this.host}: ${passed} passed, ${failed} failed, ${skipped} skipped`)
    if (passed + failed >= FEWEST[this.host]) return {}
    console.log(`host=${this.host} has ${FEWEST[this.host]} specs at least; some did not run.`)
    return { status: 'failed' }
  }
}
