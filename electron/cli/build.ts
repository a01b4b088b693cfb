// Builds the program if its build is missing or older than its sources.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const BUILT = ['out/main/index.js', 'out/preload/index.cjs', 'out/headless/index.js', 'out/renderer/index.html']
const SOURCES = ['electron', 'renderer', 'shared', 'electron.vite.config.ts', 'package.json']

/** @returns the output of a failed build; undefined if all is well */
export async function buildIfNeeded(root: string): Promise<string | undefined> {
  if (await isFresh(root)) return undefined
  console.log('Building Tocsin …')
  const command = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const build = spawn(process.execPath, [command, 'build'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed: Buffer[] = []
  for (const output of [build.stdout, build.stderr]) output.on('data', (data: Buffer) => printed.push(data))
  const [code] = await once(build, 'close')
  return code === 0 ? undefined : Buffer.concat(printed).toString()
}

async function isFresh(root: string): Promise<boolean> {
  const built = Math.min(...BUILT.map((path) => changedAt(join(root, path))))
  if (built === -Infinity) return false
  const changes = await Promise.all(SOURCES.map((path) => newestIn(join(root, path))))
  return Math.max(...changes) <= built
}

const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity

/** Includes folders, whose time changes if a file is removed. */
async function newestIn(path: string): Promise<number> {
  const self = await stat(path)
  if (!self.isDirectory()) return self.mtimeMs
  const inside = await Promise.all((await readdir(path)).map((name) => newestIn(join(path, name))))
  return Math.max(self.mtimeMs, ...inside)
}
