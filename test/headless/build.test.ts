// When the launcher builds: against a program of two files, whose build is a script that writes what ours would.
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { buildIfNeeded } from '../../electron/cli/build.ts'

const BUILD = `
  const { mkdirSync, writeFileSync } = require('node:fs')
  const { dirname } = require('node:path')
  for (const file of ['main/index.js', 'preload/index.cjs', 'headless/index.js', 'renderer/index.html']) {
    mkdirSync(dirname('out/' + file), { recursive: true })
    writeFileSync('out/' + file, '')
  }
`
let root: string
const logged = vi.spyOn(console, 'log').mockImplementation(() => {})
beforeEach(async () => {
  logged.mockClear()
  root = await mkdtemp(join(tmpdir(), 'tocsin-build-'))
  for (const path of ['electron/a/b.ts', 'renderer/main.tsx', 'shared/c.ts', 'electron.vite.config.ts']) await put(path)
  await put('package.json', '{}')
  await put('node_modules/electron-vite/bin/electron-vite.js', BUILD)
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, text = '') {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}
const builds = () => logged.mock.calls.length

test('builds once, and then only after a change', async () => {
  expect(await buildIfNeeded(root)).toBeUndefined()
  expect(await buildIfNeeded(root)).toBeUndefined()
  expect(builds()).toBe(1)
  const later = new Date(Date.now() + 5_000)
  await utimes(join(root, 'electron/a/b.ts'), later, later)
  expect(await buildIfNeeded(root)).toBeUndefined()
  expect(builds()).toBe(2)
})

test.for([
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/headless/index.js',
  'out/renderer/index.html',
  'shared/c.ts',
])('builds when %s is gone', async (path) => {
  await buildIfNeeded(root)
  // The time of a folder shows that something was removed from it.
  await new Promise((resolve) => setTimeout(resolve, 20))
  await rm(join(root, path))
  await buildIfNeeded(root)
  expect(builds()).toBe(2)
})

test('a build that fails returns its output', async () => {
  await put(
    'node_modules/electron-vite/bin/electron-vite.js',
    `console.log('out'); console.error('err'); process.exit(1)`,
  )
  const output = await buildIfNeeded(root)
  expect(output).toContain('out\n')
  expect(output).toContain('err\n')
})
