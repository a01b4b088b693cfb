// Packaging when a download fails.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('a download that fails is reported at once', () => {
  const begun = performance.now()
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '../../electron/cli/package.ts')], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_MIRROR: 'http://127.0.0.1:1/' },
  })
  expect(status).toBe(1)
  expect(stderr).toMatch(/^Packaging failed: .*127\.0\.0\.1:1.*\n$/)
  expect(performance.now() - begun).toBeLessThan(5_000)
})
