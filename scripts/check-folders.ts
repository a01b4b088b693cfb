// Checks the order of the folders and prints them: `npm run check:folders -- [--root FOLDER] [--write FILE]`.
//
// Fails on a circle of folders, an import against the order, a folder or loose file that the order doesn't know, a folder
// without a README, and a picture in docs/architecture.md that is out of date. With --write, the picture is brought up to
// date instead.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pictureProblems, readFolders } from './folders/check.ts'
import { TREES } from './folders/order.ts'

const { values } = parseArgs({
  options: { root: { type: 'string', default: join(import.meta.dirname, '..') }, write: { type: 'string' } },
})

const { picture, problems } = readFolders(values.root, TREES)
const document = values.write ?? 'docs/architecture.md'
const all = [...problems, ...pictureProblems(values.root, document, picture, values.write !== undefined)]

console.log(picture)
if (all.length > 0) {
  console.error(`\n${all.join('\n')}\n\nThe order is in scripts/folders/order.ts.`)
  process.exitCode = 1
}
