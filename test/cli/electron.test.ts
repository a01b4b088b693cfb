// Whether there can be a window, against folders that look like an installed Electron, or not.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findElectron, type Machine } from '../../electron/cli/electron.ts'
import { temporaryFolder } from '../support/host-process.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const USER: Machine = { platform: 'linux', env: { DISPLAY: ':0' }, getuid: () => 1000 }

function install(program = 'electron'): string {
  const electron = join(folder.path, 'node_modules/electron')
  mkdirSync(join(electron, 'dist'), { recursive: true })
  writeFileSync(join(electron, 'path.txt'), program)
  writeFileSync(join(electron, 'dist', program), '')
  return join(electron, 'dist', program)
}

test('an installed Electron is found, also on Wayland', () => {
  const path = install()
  expect(findElectron(folder.path, USER)).toEqual({ path })
  expect(findElectron(folder.path, { ...USER, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toEqual({ path })
})

test('other systems name their program otherwise and always have a display', () => {
  const path = install('electron.exe')
  expect(findElectron(folder.path, { platform: 'win32', env: {} })).toEqual({ path })
})

test('a folder of Electron elsewhere is taken', () => {
  const dist = join(folder.path, 'elsewhere')
  mkdirSync(dist)
  writeFileSync(join(dist, 'electron'), '')
  const env = { ...USER.env, ELECTRON_OVERRIDE_DIST_PATH: dist }
  expect(findElectron(folder.path, { ...USER, env })).toEqual({ path: join(dist, 'electron') })
})

test.for<[string, () => void, Machine, RegExp]>([
  ['the binary was never fetched', () => {}, USER, /npx install-electron/],
  ['there is no display', install, { ...USER, env: {} }, /display/],
  ['somebody is root', install, { ...USER, getuid: () => 0 }, /root/],
])('where %s there is no window, and the reason is printed', ([, prepare, machine, reason]) => {
  prepare()
  expect(findElectron(folder.path, machine)).toEqual({ reason: expect.stringMatching(reason) })
})
