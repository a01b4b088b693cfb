// What the documents name is there: paths, links, npm scripts and the rules of the first start.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryApp } from './core/app/temporary-app.ts'

const ROOT = join(import.meta.dirname, '..')
const DOCUMENTS = globSync(
  ['*.md', '{docs,examples,scripts,.github}/**/*.md', '{electron,renderer,shared}/**/README.md'],
  { cwd: ROOT, exclude: (name) => name === 'node_modules' },
).map((path) => path.replaceAll('\\', '/'))

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

/** In code: a path from the root. Patterns and placeholders in capitals are none. */
const PATH = /`((?:bench|docs|electron|examples|renderer|resources|scripts|shared|test|\.ci|\.github)\/[\w./-]*)`/g
const LINK = /\]\((?!https?:|#)([^)#\s]+)/g
const SCRIPT = /npm run (?:--silent )?([\w:-]+)/g

const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name!)

test('there are documents', () => {
  expect(DOCUMENTS).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md']))
})

/** What a document names and isn't there, with the document. */
function missingIn(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const paths = named(text, PATH).filter((name) => !/NAME|NNNN/.test(name))
  const links = named(text, LINK).map((link) => join(dirname(path), link))
  const files = [...paths, ...links].filter((name) => !existsSync(join(ROOT, name)))
  const commands = named(text, SCRIPT).filter((name) => !(name in scripts))
  return [...files, ...commands].map((name) => `${path}: ${name}`)
}

test('documents name only what is there', () => {
  expect(DOCUMENTS.flatMap(missingIn)).toEqual([])
})

test('the README lists the rules of the first start, with their limits and times', async () => {
  const app = await temporaryApp({ keepFirstRules: true })
  const rules = await app.client.listRules()
  await app.remove()
  const table = readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^\| (.+) \| (.+) \| (.+) \| (.+) \|$/gm)
  const rows = [...table].slice(2).map(([, name, series, when, severity]) => ({ name, series, when: when!, severity }))
  expect(rows.map(({ name }) => name)).toEqual(rules.map(({ name }) => name))
  for (const [index, { metric_type, severity, threshold, for_seconds }] of rules.entries()) {
    const row = rows[index]!
    expect(row.severity, row.name).toBe(severity ?? 'from the score')
    expect(row.series, row.name).toBe(metric_type === '*' ? 'every series' : `\`${metric_type}\``)
    if (row.when === 'the same') expect(rules[index - 1]).toMatchObject({ threshold, for_seconds })
    else {
      if (threshold !== null) expect(row.when, row.name).toContain(`above ${threshold} %`)
      if (for_seconds > 0) expect(row.when, row.name).toContain(duration(for_seconds))
    }
  }
})

const duration = (seconds: number) => (seconds < 60 ? `${seconds} seconds` : `${seconds / 60} minutes`)
