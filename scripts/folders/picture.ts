// The folders with their arrows as text, the top floor first, and the block of a document that shows it.
import { floorsOf, isUpward, pathIn, type Graph } from './graph.ts'
import { purposeOfFile, readPurpose } from './purpose.ts'

const BEGIN = '<!-- folders:begin -->'
const END = '<!-- folders:end -->'
const MAX_WIDTH = 120

export function pictureOf(root: string, graph: Graph): string {
  const { tree, nodes, arrows } = graph
  const floors = floorsOf(graph)
  const width = Math.max(...nodes.map((node) => node.length))
  const upward = arrows.filter((arrow) => isUpward(graph, arrow)).length
  const blocks = nodes.toReversed().map((node) => {
    const imported = nodes.filter((to) => arrows.some((arrow) => arrow.from === node && arrow.to === to))
    const path = pathIn(tree, node)
    const purpose = tree.folders.includes(node) ? readPurpose(root, path)?.sentence : purposeOfFile(root, path)
    const lines = [purpose ?? '(not described)', imported.length === 0 ? '→ nothing' : `→ ${imported.join(', ')}`]
    const label = `${String(floors.get(node)).padStart(4)}  ${node.padEnd(width)}  `
    return { floor: floors.get(node)!, text: beside(label, lines) }
  })
  const text = blocks.toSorted((one, other) => other.floor - one.floor).map(({ text }) => text)
  const counts = [
    `${plural(tree.folders.length, 'folder')} on ${plural(Math.max(...floors.values()), 'floor')}`,
    plural(arrows.length, 'arrow'),
    `${upward || 'none'} upward`,
  ]
  return [`${tree.root || 'repository'}: ${counts.join(', ')}`, '', ...text].join('\n')
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Lines to the right of the label, wrapped. */
function beside(label: string, lines: string[]): string {
  const indent = ' '.repeat(label.length)
  const wrapped = lines.flatMap((line) => wrap(line, MAX_WIDTH - label.length))
  return wrapped.map((line, i) => `${i === 0 ? label : indent}${line}`.trimEnd()).join('\n')
}

function wrap(text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(`  ${word}`)
  }
  return lines
}

/** The document with the picture between its marks; undefined if it has no marks. */
export function withPicture(document: string, picture: string): string | undefined {
  const [start, end] = [document.indexOf(BEGIN), document.indexOf(END)]
  if (start === -1 || end < start) return undefined
  return `${document.slice(0, start)}${BEGIN}\n\n\`\`\`text\n${picture}\n\`\`\`\n\n${document.slice(end)}`
}
