import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: './build.ts',
    testTimeout: 20_000,
    // Databases by the hundred: in memory where the system has a folder for it, so that no test waits for a disk.
    env: { TMPDIR: existsSync('/dev/shm') ? '/dev/shm' : tmpdir() },
  },
})
