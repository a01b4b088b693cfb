import { existsSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

/** Databases by the hundred: in memory where the system has a folder for it, so that no test waits for a disk. */
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
    globalSetup: './build.ts',
    testTimeout: 20_000,
    env: { TMPDIR: hasRoom(MEMORY) ? MEMORY : tmpdir() },
  },
})
