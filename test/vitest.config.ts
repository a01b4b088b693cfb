import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // One that runs for long is an end-to-end test and stands there.
    testTimeout: 20_000,
  },
})
