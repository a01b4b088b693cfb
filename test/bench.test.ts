// Every benchmark runs, at its smallest size; what it measures there means nothing.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

/** The machine may be busy with other tests. */
const MAX_DURATION = 240_000

test.concurrent.each([
  ['ingest', 'Tocsin reaches'],
  ['latency', 'p99 over the bare round trip'],
  ['queries', 'samples/s coming in'],
  ['start', 'sample evaluated'],
  ['idle', '% of a core'],
  ['soak', 'an hour'],
  ['backtest', 'longest turn'],
  ['evaluation', 'µs per sample'],
  ['series', 'bytes'],
  ['size', 'bytes for each'],
])(
  '%s',
  async (name, expected) => {
    const { stdout } = await run(process.execPath, [join(import.meta.dirname, '../bench', `${name}.ts`), '--small'])
    expect(stdout).toContain(expected)
    expect(stdout).not.toContain('NaN')
  },
  MAX_DURATION,
)
