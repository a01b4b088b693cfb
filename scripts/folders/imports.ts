// What each source file imports of the repository: static and dynamic imports, re-exports, types, and workers' files.
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync, Visitor, type Argument, type Expression, type NewExpression } from 'oxc-parser'

export interface Import {
  /** Both from the repository's folder, with slashes. */
  file: string
  target: string
  line: number
}

const SOURCE = /\.[cm]?[jt]sx?$/
const SKIPPED = new Set(['node_modules', 'out', 'dist', 'test-results', 'resources'])

export function sourceFiles(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) return SKIPPED.has(entry.name) || entry.name.startsWith('.') ? [] : sourceFiles(root, path)
    return SOURCE.test(entry.name) ? [path] : []
  })
}

export function importsOf(root: string, file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  const { program, errors } = parseSync(file, text)
  if (errors[0]) throw new Error(`${file} can't be parsed: ${errors[0].message}`)
  const found: Import[] = []
  const add = (start: number, specifier: string | undefined) => {
    if (!specifier?.startsWith('.')) return
    const target = posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ''))
    found.push({ file, target, line: text.slice(0, start).split('\n').length })
  }
  new Visitor({
    ImportDeclaration: ({ start, source }) => add(start, source.value),
    ExportAllDeclaration: ({ start, source }) => add(start, source.value),
    ExportNamedDeclaration: ({ start, source }) => add(start, source?.value),
    ImportExpression: ({ start, source }) => add(start, literal(source)),
    TSImportType: ({ start, source }) => add(start, source.value),
    NewExpression: (node) => add(node.start, besideThisFile(node)),
  }).visit(program)
  return found
}

const literal = (node: Expression | Argument | undefined): string | undefined =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined

/** The path in `new URL('./worker.ts', import.meta.url)`. */
function besideThisFile({ callee, arguments: [path, base] }: NewExpression): string | undefined {
  if (callee.type !== 'Identifier' || callee.name !== 'URL' || base?.type !== 'MemberExpression') return undefined
  return base.object.type === 'MetaProperty' ? literal(path) : undefined
}
