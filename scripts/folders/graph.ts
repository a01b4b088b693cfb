// The folders of a tree and the arrows between them: a folder has an arrow to another when a file in it imports the other.
import type { Import } from './imports.ts'
import type { Tree } from './order.ts'

export interface Arrow {
  from: string
  to: string
  /** At least one. */
  imports: Import[]
}

export interface Graph {
  tree: Tree
  /** In the tree's order, its entry files last. */
  nodes: string[]
  arrows: Arrow[]
}

export type Place = { in: string } | { loose: string } | { unknown: string }

export const pathIn = ({ root }: Tree, path: string): string => (root === '' ? path : `${root}/${path}`)

/** What of the tree a file belongs to; undefined for files outside. */
export function placeOf(tree: Tree, file: string): Place | undefined {
  const inside = tree.root === '' ? file : file.startsWith(`${tree.root}/`) && file.slice(tree.root.length + 1)
  if (!inside) return undefined
  const known = [...tree.folders, ...(tree.entries ?? [])]
  const holding = known.filter((name) => inside === name || inside.startsWith(`${name}/`))
  const node = holding.toSorted((one, other) => other.length - one.length)[0]
  if (node !== undefined) return { in: node }
  const parts = inside.split('/').slice(0, -1)
  const upTo = (depth: number) => parts.slice(0, depth).join('/')
  const depth = parts.findIndex((_, i) => !tree.folders.some((name) => name.startsWith(`${upTo(i + 1)}/`)))
  return depth === -1 ? { loose: file } : { unknown: pathIn(tree, upTo(depth + 1)) }
}

export function graphOf(tree: Tree, imports: readonly Import[]): Graph {
  const nodes = [...tree.folders, ...(tree.entries ?? [])]
  const arrows = new Map<string, Arrow>()
  for (const each of imports) {
    const [from, to] = [placeOf(tree, each.file), placeOf(tree, each.target)]
    if (!from || !to || !('in' in from) || !('in' in to) || from.in === to.in) continue
    const key = `${from.in} ${to.in}`
    const arrow = arrows.get(key) ?? { from: from.in, to: to.in, imports: [] }
    arrow.imports.push(each)
    arrows.set(key, arrow)
  }
  return { tree, nodes, arrows: [...arrows.values()] }
}

export const isUpward = ({ nodes }: Graph, { from, to }: Arrow): boolean => nodes.indexOf(to) > nodes.indexOf(from)

/** The shortest way along arrows; undefined if there is none. */
export function pathBetween({ arrows }: Graph, from: string, to: string): Arrow[] | undefined {
  const paths: { at: string; path: Arrow[] }[] = [{ at: from, path: [] }]
  const seen = new Set([from])
  for (const { at, path } of paths) {
    if (at === to) return path
    for (const arrow of arrows) {
      if (arrow.from !== at || seen.has(arrow.to)) continue
      seen.add(arrow.to)
      paths.push({ at: arrow.to, path: [...path, arrow] })
    }
  }
  return undefined
}

/** Floor 1 imports nothing of its tree; the others stand one above the highest that they import. */
export function floorsOf(graph: Graph): Map<string, number> {
  const floors = new Map<string, number>()
  for (const node of graph.nodes) {
    const below = graph.arrows.filter((arrow) => arrow.from === node && !isUpward(graph, arrow))
    floors.set(node, 1 + Math.max(0, ...below.map(({ to }) => floors.get(to)!)))
  }
  return floors
}
