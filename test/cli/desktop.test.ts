// The desktop's process, played by Node: whether it counts as opened.
import { expect, test, vi } from 'vitest'
import { runDesktop } from '../../electron/cli/desktop.ts'

vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
const run = (script: string) => runDesktop(process.execPath, ['-e', script])

test('a desktop that ends well has been one', async () => {
  expect(await run('')).toEqual({ code: 0 })
})

test('one that refuses to start is not tried otherwise', async () => {
  expect(await run('console.error("Tocsin could not start: port 1 is taken"); process.exit(1)')).toEqual({ code: 1 })
})

test.for<[string, string, RegExp]>([
  [
    'without a library',
    'console.error("first\\nlibnss3.so: no such file"); process.exit(127)',
    /at once: libnss3.so: no/,
  ],
  ['silently', 'process.exit(3)', /at once: code 3/],
  ['by a crash', 'process.kill(process.pid, "SIGKILL")', /at once: code SIGKILL/],
])('one that ends %s never opened', async ([, script, reason]) => {
  expect(await run(script)).toEqual({ reason: expect.stringMatching(reason) })
})

test('a program that is none never opened', async () => {
  expect(await runDesktop('/there/is/no/electron', [])).toEqual({ reason: expect.stringContaining('ENOENT') })
})
