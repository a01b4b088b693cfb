// Reads the repository once and gives what is wrong with its folders, and their picture.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { graphOf } from './graph.ts'
import { importsOf, sourceFiles } from './imports.ts'
import type { Tree } from './order.ts'
import { pictureOf, withPicture } from './picture.ts'
import { problemsOf } from './problems.ts'

export interface Folders {
  picture: string
  problems: string[]
}

export function readFolders(root: string, trees: readonly Tree[]): Folders {
  const files = sourceFiles(root)
  const imports = files.flatMap((file) => importsOf(root, file))
  const graphs = trees.map((tree) => graphOf(tree, imports))
  return {
    picture: graphs.map((graph) => pictureOf(root, graph)).join('\n\n'),
    problems: graphs.flatMap((graph) => problemsOf(root, graph, files)),
  }
}

/** Writes the picture into the document if asked to; gives what is wrong with the one that is there. */
export function pictureProblems(root: string, file: string, picture: string, write: boolean): string[] {
  const path = join(root, file)
  if (!existsSync(path)) return write ? [`${file} doesn't exist.`] : []
  const document = readFileSync(path, 'utf8')
  const current = withPicture(document, picture)
  if (current === undefined) return [`${file} has no lines <!-- folders:begin --> and <!-- folders:end -->.`]
  if (current === document) return []
  if (!write) return [`${file} shows other folders; "npm run check:folders -- --write ${file}" brings it up to date.`]
  writeFileSync(path, current)
  return []
}
