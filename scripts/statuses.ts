// Finds the places in the core that name an HTTP status although they are not the server's own.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { sourceFiles } from './folders/imports.ts'

const CORE = 'electron/core'

/** The server itself; its handlers only translate. */
const SERVER = /^electron\/core\/api\/[^/]+\.ts$/

/** Asks another server, and reads its answers. */
const CLIENTS = new Set(['electron/core/explain/llm/server.ts'])

/** Names that say of a number that it is a status: `status`, `statusCode`, `STATUS_OF`, `HttpError`, `reply.code`. */
const STATUS_NAME = /status|^HttpError$|^code$/i

interface Node {
  type: string
  start: number
  [field: string]: unknown
}

/** One line for each. */
export function namedStatuses(root: string): string[] {
  return sourceFiles(root, CORE)
    .filter((file) => !SERVER.test(file) && !CLIENTS.has(file))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      const { program, errors } = parseSync(file, text)
      if (errors[0]) throw new Error(`${file} can't be parsed: ${errors[0].message}`)
      const found: string[] = []
      visit(program as unknown as Node, false, ({ start, value }) => {
        found.push(`${file}:${text.slice(0, start).split('\n').length} names the HTTP status ${String(value)}.`)
      })
      return found
    })
}

/** @param isNamed whether something around the node is named as a status */
function visit(node: Node, isNamed: boolean, add: (status: Node) => void): void {
  if (isNamed && isStatus(node)) add(node)
  const below = isNamed || namesOf(node).some((name) => STATUS_NAME.test(name))
  for (const child of Object.values(node).flat()) if (isNode(child)) visit(child, below, add)
}

const isNode = (child: unknown): child is Node => typeof child === 'object' && child !== null && 'type' in child

const isStatus = ({ type, value }: Node) =>
  type === 'Literal' && typeof value === 'number' && Number.isInteger(value) && value >= 400 && value < 600

/** What gives a name to the values in a node. */
function namesOf(node: Node): string[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return [nameOf(node['id'])]
    case 'Property':
    case 'PropertyDefinition':
    case 'TSPropertySignature':
      return [nameOf(node['key'])]
    case 'BinaryExpression':
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return [nameOf(node['left']), nameOf(node['right'])]
    case 'SwitchStatement':
      return [nameOf(node['discriminant'])]
    case 'CallExpression':
    case 'NewExpression':
      return [nameOf(node['callee'])]
    default:
      return []
  }
}

/** The last part of `a.b.status`, and the text of a quoted key. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  if (node.type === 'Identifier') return String(node['name'])
  if (node.type === 'Literal') return String(node['value'])
  return node.type === 'MemberExpression' ? nameOf(node['property']) : ''
}
