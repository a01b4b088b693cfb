// What a user gets: the program is packaged around a stand-in for Electron's binary, and must run from the package alone.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ending, outputOf, temporaryFolder } from '../support/host-process.ts'
import { flagsFor, READY, spawnDesktop } from './desktop-process.ts'
import { expect, test } from './fixtures.ts'

const ROOT = join(import.meta.dirname, '../..')
/** @electron/fuses finds the switches in the binary behind this text. */
const FUSES = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const MEGABYTE = 2 ** 20

test.describe('the package', { tag: '@double' }, () => {
  test.skip(process.platform !== 'linux', "The stand-in looks like Electron's for Linux.")

  test('has its fuses blown, is small, and runs without the repository', async () => {
    const folder = temporaryFolder()
    const packaged = packageInto(folder.path)
    const fuses = run('@electron/fuses/dist/bin.js', ['read', '--app', join(packaged, 'tocsin')])
    for (const off of ['RunAsNode', 'EnableNodeOptionsEnvironmentVariable', 'EnableNodeCliInspectArguments']) {
      expect(fuses).toContain(`${off} is Disabled`)
    }
    expect(fuses).toContain('GrantFileProtocolExtraPrivileges is Disabled')
    for (const on of ['EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar']) {
      expect(fuses).toContain(`${on} is Enabled`)
    }

    const archive = join(packaged, 'resources/app.asar')
    const natives = globSync('**/*.node', { cwd: `${archive}.unpacked` })
    expect(natives, 'native parts lie beside the archive').toHaveLength(1)
    expect(statSync(archive).size).toBeLessThan(15 * MEGABYTE)

    const program = join(folder.path, 'program')
    run('@electron/asar/bin/asar.js', ['extract', archive, program])
    const desktop = spawnDesktop('double', flagsFor({ dataDir: join(folder.path, 'data') }), program)
    const url = await outputOf(desktop, READY)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect(await ending(desktop).stop()).toBe(0)
    folder.remove()
  })

  test('every icon that the formats name is there', () => {
    const config = readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8')
    const named = [...config.matchAll(/^ {2}icon: (\S+)/gm)].map(([, path]) => join(ROOT, path!))
    expect(named).toHaveLength(3)
    for (const path of named) expect(existsSync(path), path).toBe(true)
    const tray = [...Array(10).keys(), '9-more'].map((count) => join(ROOT, `resources/tray/${count}.png`))
    expect(tray.filter((path) => !existsSync(path))).toEqual([])
  })
})

function packageInto(folder: string): string {
  const electron = join(folder, 'electron')
  mkdirSync(join(electron, 'resources'), { recursive: true })
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox']) {
    writeFileSync(join(electron, file), '')
  }
  // Version 1 of the switches, how many there are, and one character for each.
  const switches = Buffer.concat([Buffer.from(FUSES), Buffer.from([1, 9]), Buffer.from('1'.repeat(9))])
  writeFileSync(join(electron, 'electron'), switches, { mode: 0o755 })
  const output = join(folder, 'dist')
  const where = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`]
  execFileSync(process.execPath, [join(ROOT, 'electron/cli/package.ts'), '--dir', '--linux', ...where], { cwd: ROOT })
  return join(output, 'linux-unpacked')
}

function run(command: string, args: string[]): string {
  const output = execFileSync(process.execPath, [join(ROOT, 'node_modules', command), ...args], { encoding: 'utf8' })
  return stripVTControlCharacters(output)
}
