// What a folder's README says: its purpose in the first sentence and, in a line of its own, what the folder may import.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Purpose {
  sentence: string
  /** Undefined if the README has no such line. */
  mayImport?: string[]
}

/** Undefined if there is no README, or nothing in it but headings. */
export function readPurpose(root: string, folder: string): Purpose | undefined {
  const file = join(root, folder, 'README.md')
  if (!existsSync(file)) return undefined
  const paragraphs = readFileSync(file, 'utf8')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim())
  const sentence = paragraphs.find((text) => text !== '' && !text.startsWith('#'))?.match(/^.*?[.!?](?= |$)/)?.[0]
  if (sentence === undefined) return undefined
  const list = paragraphs.find((text) => text.startsWith('May import:'))
  if (list === undefined) return { sentence }
  const names = list.slice('May import:'.length).replace(/\.$/, '').split(',')
  return { sentence, mayImport: names.map((name) => name.replaceAll('`', '').trim()) }
}
