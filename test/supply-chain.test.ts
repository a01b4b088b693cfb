// The sources of the program's parts: only the lockfile, by nothing that runs while it is installed, and under
// licences that let it be shipped.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { licencesText, shippedPackages, writtenLicences } from '../scripts/shipped.ts'

const ROOT = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const manifest = JSON.parse(read('package.json'))
const { packages, lockfileVersion } = JSON.parse(read('package-lock.json')) as {
  packages: Record<string, { version: string; integrity?: string; resolved?: string } & Record<string, object>>
  lockfileVersion: number
}

/** Under each, a program may be shipped with nothing but the licence's text. */
const FREE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0']

test('the licences of all that is shipped are listed, as of now', () => {
  // `npm run licences` writes them anew.
  expect(writtenLicences()).toBe(licencesText())
  const names = shippedPackages().map(({ name }) => name)
  expect(names.length).toBeGreaterThan(50)
  for (const name of ['fastify', 'react', 'zod', 'better-sqlite3', 'drizzle-orm', 'chart.js', '@mantine/core'])
    expect(names).toContain(name)
  for (const name of ['vitest', 'electron-builder', 'typescript', 'playwright']) expect(names).not.toContain(name)
})

test('all that is shipped is under a licence that allows it', () => {
  const others = shippedPackages().filter(({ licence }) => !FREE.includes(licence))
  expect(others.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([])
})

test('the lockfile names exactly what is asked for, each part with its digest', () => {
  expect(lockfileVersion).toBe(3)
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    expect(packages['']![kind]).toEqual(manifest[kind])
    for (const [name, version] of Object.entries(manifest[kind] as Record<string, string>)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version)
    }
  }
  const parts = Object.entries(packages).filter(([path]) => path !== '')
  expect(parts.length).toBeGreaterThan(500)
  for (const [path, { integrity, resolved = 'https:' }] of parts) {
    expect(integrity, path).toMatch(/^sha512-/)
    expect(resolved, path).toMatch(/^https:/)
  }
})

test('what shipped files are made of is in the lockfile', () => {
  const known = new Set(
    Object.entries(packages).map(([path, { version }]) => `${path.split('node_modules/').at(-1)} ${version}`),
  )
  for (const { name, version } of shippedPackages()) expect(known).toContain(`${name} ${version}`)
})

test('nothing runs while it is installed', () => {
  expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true')
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(manifest.scripts).not.toHaveProperty(script)
})

test('checks install by the lockfile, and no command fetches anything beside it', () => {
  const steps = read('.ci/run')
    .split('\n')
    .filter((line) => /^\s*(npm|npx|node|curl|wget)\b/.test(line))
  expect(steps[0]).toBe('npm ci')
  for (const step of steps.slice(1)) expect(step).toMatch(/^npm (run \S+|test)$/)
  for (const [name, command] of Object.entries(manifest.scripts as Record<string, string>))
    for (const part of command.split('&&')) {
      if (part.startsWith('git config ')) continue
      const [program, file = ''] = part.trim().split(/\s+/)
      expect(
        ['node', 'npm', 'electron-vite', 'drizzle-kit', 'oxfmt', 'oxlint', 'tsc', 'knip', 'vitest', 'playwright'],
        name,
      ).toContain(program)
      if (program === 'npm') expect(file, name).toBe('run')
      if (program === 'node') expect(file, name).toMatch(/^(electron|scripts|test|bench)\/.*\.ts$/)
    }
})

/** Every source that names a program that fetches, or a place to fetch from, and why it may. */
const NAMING_FETCHERS: Record<string, string> = {
  'bench/ingest.ts': 'explains how to get what it compares with',
  'electron/cli/electron.ts': 'prints the command that fetches Electron, and runs nothing',
  'electron/cli/package.ts': 'asks whether the packager can reach what it needs, before that waits for it',
  'renderer/features/series/CurlExample.tsx': 'shows how to post a sample',
  'test/cli/electron.test.ts': 'expects that message',
  'scripts/install-browser.ts': 'a browser for the end-to-end tests where there is none; nothing of it is shipped',
  'test/examples/agents.test.ts': 'runs the example agent that posts with it',
  'test/supply-chain.test.ts': 'this file',
}

test('no source fetches a program, but for those that are known to', () => {
  const sources = globSync('{electron,renderer,shared,scripts,test,bench}/**/*.{ts,tsx}', { cwd: ROOT })
  expect(sources.length).toBeGreaterThan(300)
  const naming = sources.filter((path) => {
    const code = read(path).replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '')
    return /(?<![\w-])(npx|npm install|curl|wget|apt-get)(?![\w-])|releases\/download/.test(code)
  })
  expect(naming.map((path) => path.replaceAll('\\', '/')).toSorted()).toEqual(Object.keys(NAMING_FETCHERS).toSorted())
})

test('it does not update itself', () => {
  expect(Object.keys(packages).filter((path) => /electron-updater|update-electron-app/.test(path))).toEqual([])
  for (const path of globSync('electron/main/*.ts', { cwd: ROOT })) expect(read(path)).not.toContain('autoUpdater')
  expect(read('electron/cli/package.ts')).toContain("'--publish', 'never'")
})
