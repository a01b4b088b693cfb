// What is wrong with the folders: circles, imports against the order, folders that no tree knows, loose files, and READMEs
// that are missing or don't name what their folder imports.
import { isUpward, pathBetween, pathIn, placeOf, type Arrow, type Graph } from './graph.ts'
import type { Import } from './imports.ts'
import type { Tree } from './order.ts'
import { readPurpose } from './purpose.ts'

/** Imports shown of an arrow in a circle. */
const MAX_SHOWN = 5

export function problemsOf(root: string, graph: Graph, files: readonly string[]): string[] {
  return [
    ...misplaced(graph.tree, files),
    ...circles(graph),
    ...againstOrder(graph),
    ...graph.tree.folders.flatMap((folder) => problemsOfFolder(root, graph, folder, files)),
  ]
}

function misplaced(tree: Tree, files: readonly string[]): string[] {
  const problems = files.flatMap((file) => {
    const place = placeOf(tree, file)
    if (place && 'loose' in place) return [`${file} lies loose: move it into a folder, or name it among the entries.`]
    if (place && 'unknown' in place) return [`${place.unknown} is not in the order of ${nameOf(tree)}.`]
    return []
  })
  return [...new Set(problems)]
}

/** Each arrow against the order that can be walked back ties a circle; none is without such an arrow. */
function circles(graph: Graph): string[] {
  const found = new Map<string, string>()
  for (const arrow of graph.arrows.filter((arrow) => isUpward(graph, arrow))) {
    const back = pathBetween(graph, arrow.to, arrow.from)
    if (!back) continue
    const circle = [arrow, ...back]
    const folders = circle.map(({ from }) => from)
    const heading = `${nameOf(graph.tree)} has a circle of folders: ${[...folders, arrow.from].join(' → ')}`
    const key = folders.toSorted().join()
    if (!found.has(key)) found.set(key, [heading, ...circle.flatMap(arrowLines)].join('\n'))
  }
  return [...found.values()]
}

function arrowLines({ from, to, imports }: Arrow): string[] {
  const shown = imports.slice(0, MAX_SHOWN).map((each) => `    ${sentence(each)}`)
  const others = imports.length - shown.length
  return [`  ${from} → ${to}`, ...shown, ...(others > 0 ? [`    and ${others} more`] : [])]
}

const againstOrder = (graph: Graph): string[] =>
  graph.arrows
    .filter((arrow) => isUpward(graph, arrow))
    .flatMap(({ from, to, imports }) =>
      imports.map((each) => `${sentence(each)}, but ${to} comes after ${from} in the order of ${nameOf(graph.tree)}.`),
    )

const sentence = ({ file, line, target }: Import) => `${file}:${line} imports ${target}`

const nameOf = ({ root }: Tree) => root || 'the repository'

function problemsOfFolder(root: string, { tree, arrows }: Graph, folder: string, files: readonly string[]): string[] {
  const path = pathIn(tree, folder)
  if (!files.some((file) => file.startsWith(`${path}/`))) return [`${path} is in the order, but holds no source file.`]
  const purpose = readPurpose(root, path)
  if (!purpose) return [`${path}/README.md is missing or empty: it says in its first sentence what the folder is for.`]
  return arrows
    .filter(({ from, to }) => from === folder && !purpose.allows(to))
    .map(({ to, imports: [first] }) => `${sentence(first!)}, but ${path}/README.md doesn't name ${to} in "May import".`)
}
