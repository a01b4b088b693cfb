import { existsSync, statfsSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { NODE_COMPILE_CACHE } from './support/compiled.ts'

/** For the databases of tests: in memory if the system has a folder for it, so that no test waits for a disk. */
const MEMORY = '/dev/shm'

const GIB = 1024 ** 3

function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize > GIB
}

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // Weeks take minutes: they have a run of their own.
    exclude: [...configDefaults.exclude, 'week/**'],
    globalSetup: './support/build.ts',
    // A test that measures time sets its own limit; everywhere else a busy machine may take its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    // The default is one less, which is half of a small machine; many tests wait for their own process.
    maxWorkers: availableParallelism(),
    env: { TMPDIR: hasRoom(MEMORY) ? MEMORY : tmpdir(), NODE_COMPILE_CACHE },
  },
})
