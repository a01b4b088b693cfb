// What of other people's work is shipped, and under which licences.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
export const LICENCES_FILE = join(ROOT, 'resources/licences.txt')

export interface Shipped {
  name: string
  version: string
  licence: string
  /** The text that has to go with it. */
  text: string
}

/** Every package that is in the built files (the build names them), and those that lie beside them. */
export function shippedPackages(): Shipped[] {
  const built = ['main', 'preload', 'renderer'].flatMap(
    (target) => JSON.parse(readFileSync(join(ROOT, `out/${target}.packages.json`), 'utf8')) as string[],
  )
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const beside = Object.keys(dependencies).flatMap((name) => withDependencies(`node_modules/${name}`))
  return [...new Set([...built, ...beside])]
    .map(describe)
    .toSorted((one, other) => (`${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1))
}

/** Of a package whose dependencies all lie at the top. */
function withDependencies(folder: string): string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'))
  return [folder, ...Object.keys(dependencies).flatMap((name) => withDependencies(`node_modules/${name}`))]
}

function describe(folder: string): Shipped {
  const path = join(ROOT, folder)
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  const file = readdirSync(path).find((each) => /^(licen[cs]e|copying)(\.|-|$)/i.test(each))
  return { name, version, licence: license, text: file ? readFileSync(join(path, file), 'utf8').trim() : '' }
}

const RULE = '-'.repeat(80)

export function licencesText(): string {
  const parts = shippedPackages().map(
    ({ name, version, licence, text }) =>
      `${name} ${version} (${licence})\n\n${text || 'It brings no text of its own.'}`,
  )
  const head =
    'Tocsin is built with the work of others. What is shipped of it, and under which licence; "npm run licences" writes\n' +
    'this file. better-sqlite3 contains SQLite, which is in the public domain. Electron brings its own LICENSE files.'
  return `${[head, ...parts].join(`\n\n${RULE}\n\n`)}\n`.replaceAll('\r\n', '\n')
}

export const writtenLicences = (): string => (existsSync(LICENCES_FILE) ? readFileSync(LICENCES_FILE, 'utf8') : '')
