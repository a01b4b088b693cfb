// What folders and files say of themselves: a README says in its first sentence what the folder is for and, after "May
// import", what the folder imports; a file says what it is for in the first sentence of the comment on top.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Purpose {
  sentence: string
  /** Whether the README allows the import of that folder: all if it says "May import every", or names none. */
  allows(folder: string): boolean
}

/** Undefined if there is no README, or no sentence in it. */
export function readPurpose(root: string, folder: string): Purpose | undefined {
  const paragraphs = textOf(join(root, folder, 'README.md'))
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '' && !paragraph.startsWith('#'))
  const sentence = firstSentence(paragraphs[0] ?? '')
  if (sentence === undefined) return undefined
  const list = paragraphs.join(' ').match(/\b[Mm]ay import:? (.*?)\.(?= |$)/)?.[1] ?? ''
  const names = list.startsWith('every') ? [] : [...list.matchAll(/`([^`]+?)\/?`/g)].map(([, name]) => name!)
  const allows = (to: string) => names.length === 0 || names.some((name) => to === name || to.endsWith(`/${name}`))
  return { sentence, allows }
}

export const purposeOfFile = (root: string, file: string): string | undefined => {
  const comment = textOf(join(root, file)).match(/^(?:\/\/ .*\n)+/)?.[0] ?? ''
  return firstSentence(comment.replaceAll(/^\/\/ /gm, '').replaceAll('\n', ' '))
}

const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

const firstSentence = (text: string) => text.match(/^.*?[.!?](?= |$)/)?.[0]
