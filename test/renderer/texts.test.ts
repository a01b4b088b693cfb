// Every language has the texts that English has, with the same values in them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const FOLDER = join(import.meta.dirname, '../../renderer/texts')

type Texts = { [key: string]: string | Texts }

/** i18next's endings, of which a language has those that its plurals need. */
const PLURAL = /_(zero|one|two|few|many|other)$/

/** The names of the values in each text, by its key without the ending of a plural. */
function valuesOf(texts: Texts, path = ''): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>()
  for (const [key, text] of Object.entries(texts)) {
    const name = `${path}${key}`
    if (typeof text === 'string') {
      const values = all.get(name.replace(PLURAL, '')) ?? new Set()
      for (const [, value] of text.matchAll(/{{\s*([\w.]+)[^}]*}}/g)) values.add(value!)
      all.set(name.replace(PLURAL, ''), values)
    } else for (const [inner, values] of valuesOf(text, `${name}.`)) all.set(inner, values)
  }
  return all
}

const read = (file: string) => valuesOf(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Texts)
const english = read('en.json')
const languages = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))

test('English is there', () => {
  expect(english.size).toBeGreaterThan(300)
  expect(languages).toContain('en.json')
})

test.each(languages)('%s has all texts, and their values', (file) => {
  expect(read(file)).toEqual(english)
})
