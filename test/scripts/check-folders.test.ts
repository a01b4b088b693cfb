// The check of the folders fires: on every kind of import against the order, on circles, and on what it doesn't know.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pictureProblems, readFolders } from '../../scripts/folders/check.ts'
import type { Tree } from '../../scripts/folders/order.ts'
import { temporaryFolder } from '../support/host-process.ts'

const TREES: Tree[] = [
  { root: '', folders: ['shared', 'core'] },
  { root: 'core', folders: ['store', 'events', 'features/list', 'api'], entries: ['start.ts'] },
]

/** A repository without a fault. */
const SOUND = {
  'shared/README.md': '# shared\n\nTypes that every part knows.',
  'shared/types.ts': 'export type Id = number',
  'core/README.md': 'The program without a host. It has three folders.',
  'core/start.ts': `// Starts the program,\n// as it should. And more.\nimport { serve } from './api/serve.ts'\nserve()`,
  'core/store/README.md': '# store\n\nKeeps the events.\nUses SQLite. May import nothing of core.',
  'core/store/store.ts': `import type { Id } from '../../shared/types.ts'\nexport const ids: Id[] = []`,
  'core/events/README.md': '# events\n\nDecides when an event begins. May import `store/`.',
  'core/events/events.ts': `import { ids } from '../store/store.ts'\nexport const count = () => ids.length`,
  'core/api/README.md': 'Serves the operations. May import every folder of core but `start.ts`.',
  'core/features/list/README.md': 'Lists events.\n\nMay import: `events`.',
  'core/features/list/list.tsx': `import { count } from '../../events/events.ts'\nexport const list = <p>{count()}</p>`,
  'core/api/serve.ts': `export { count } from '../events/events.ts'\nexport const serve = () => import('../store/store.ts')`,
  'node_modules/package/index.ts': `import '../../core/api/serve.ts'`,
}

let root: string
let remove: () => void

beforeEach(() => {
  const folder = temporaryFolder()
  root = folder.path
  remove = () => folder.remove()
  write(SOUND)
})

afterEach(() => remove())

function write(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

const problems = () => readFolders(root, TREES).problems

it('has nothing to say about folders in order', () => {
  expect(problems()).toEqual([])
})

describe('imports against the order', () => {
  it.each([
    ['static', `import { count } from '../events/events.ts'`],
    ['side effect', `import '../events/events.ts'`],
    ['type', `import type { Count } from '../events/events.ts'`],
    ['type in an expression', `export type Count = import('../events/events.ts').Count`],
    ['re-export', `export { count } from '../events/events.ts'`],
    ['re-export of everything', `export * from '../events/events.ts'`],
    ['dynamic', `export const later = () => import('../events/events.ts')`],
    ['worker', `export const url = new URL('../events/events.ts', import.meta.url)`],
    ['with a query', `import url from '../events/events.ts?url'`],
  ])('%s', (_, statement) => {
    write({ 'core/store/wrong.ts': `// Line 1.\n${statement}` })
    expect(problems()).toContain(
      'core/store/wrong.ts:2 imports core/events/events.ts, but events comes after store in the order of core.',
    )
  })

  it('between the folders of the repository', () => {
    write({ 'shared/wrong.ts': `import '../core/store/store.ts'` })
    expect(problems()).toContain(
      'shared/wrong.ts:1 imports core/store/store.ts, but core comes after shared in the order of the repository.',
    )
  })

  it('of an entry by a folder', () => {
    write({ 'core/store/wrong.ts': `import '../start.ts'` })
    expect(problems()).toContain(
      'core/store/wrong.ts:1 imports core/start.ts, but start.ts comes after store in the order of core.',
    )
  })

  it('of a folder by one inside it', () => {
    write({ 'core/events/README.md': 'Decides.', 'core/events/pure/README.md': 'Computes.' })
    write({ 'core/events/pure/pure.ts': `import '../events.ts'` })
    const trees = TREES.map((tree) =>
      tree.root === '' ? tree : { ...tree, folders: ['events/pure', ...tree.folders] },
    )
    expect(readFolders(root, trees).problems).toEqual([
      'core/events/pure/pure.ts:1 imports core/events/events.ts, but events comes after events/pure in the order of core.',
    ])
  })

  it('not in comments, strings, packages or other addresses', () => {
    write({
      'core/store/fine.ts': [
        `// import '../events/events.ts'`,
        `export const text = "import '../events/events.ts'"`,
        `import 'events'`,
        `export const url = new URL('../events/events.ts', 'http://localhost')`,
      ].join('\n'),
    })
    expect(problems()).toEqual([])
  })
})

describe('circles', () => {
  it('of two folders, with the imports that tie them, though no files form one', () => {
    write({ 'core/store/types.ts': `import type { Count } from '../events/types.ts'`, 'core/events/types.ts': '' })
    expect(problems()).toContain(
      [
        'core has a circle of folders: store → events → store',
        '  store → events',
        '    core/store/types.ts:1 imports core/events/types.ts',
        '  events → store',
        '    core/events/events.ts:1 imports core/store/store.ts',
      ].join('\n'),
    )
  })

  it('of three, once, with the first five imports of each arrow', () => {
    for (let i = 1; i <= 7; i++) write({ [`core/events/to-api-${i}.ts`]: `import '../api/serve.ts'` })
    write({ 'core/store/wrong.ts': `import '../features/list/list.tsx'` })
    const circles = problems().filter((problem) => problem.includes('circle'))
    expect(circles.map((text) => text.split('\n')[0])).toEqual([
      'core has a circle of folders: events → api → events',
      'core has a circle of folders: store → features/list → events → store',
    ])
    expect(circles[0]).toContain('core/events/to-api-5.ts:1')
    expect(circles[0]).not.toContain('core/events/to-api-6.ts:1')
    expect(circles[0]).toContain('    and 2 more')
  })
})

describe('the order', () => {
  it.each([
    ['other/file.ts', 'other is not in the order of the repository.'],
    ['core/notify/message.ts', 'core/notify is not in the order of core.'],
    ['core/features/chart/deep/chart.ts', 'core/features/chart is not in the order of core.'],
  ])('does not know the folder of %s', (path, problem) => {
    write({ [path]: '', [path.replace('.ts', '-2.ts')]: '' })
    expect(problems()).toEqual([problem])
  })

  it.each(['tool.ts', 'core/errors.ts', 'core/features/shared.ts'])('has no place for the loose file %s', (path) => {
    write({ [path]: '' })
    expect(problems()).toEqual([`${path} lies loose: move it into a folder, or name it among the entries.`])
  })

  it('names no folder without a source file', () => {
    const trees = TREES.map((tree) => (tree.root === '' ? tree : { ...tree, folders: [...tree.folders, 'gone'] }))
    expect(readFolders(root, trees).problems).toEqual(['core/gone is in the order, but holds no source file.'])
  })
})

describe('READMEs', () => {
  it.each(['', '# events\n'])('say what a folder is for (%j does not)', (text) => {
    write({ 'core/events/README.md': text })
    expect(problems()).toEqual([
      'core/events/README.md is missing or empty: it says in its first sentence what the folder is for.',
    ])
  })

  it('name what the folder imports', () => {
    write({ 'core/api/README.md': 'Serves the operations. May import `store/` and\n`features/list/`. Not `events/`.' })
    expect(problems()).toEqual([
      `core/api/serve.ts:1 imports core/events/events.ts, but core/api/README.md doesn't name events in "May import".`,
    ])
  })
})

describe('the picture', () => {
  it('shows the floors from the top, each folder with its purpose and what it imports', () => {
    expect(readFolders(root, TREES).picture).toBe(
      `repository: 2 folders on 2 floors, 1 arrow, none upward

   2  core    The program without a host.
              → shared
   1  shared  Types that every part knows.
              → nothing

core: 4 folders on 4 floors, 5 arrows, none upward

   4  start.ts       Starts the program, as it should.
                     → api
   3  api            Serves the operations.
                     → store, events
   3  features/list  Lists events.
                     → events
   2  events         Decides when an event begins.
                     → store
   1  store          Keeps the events.
                     → nothing`,
    )
  })

  it('in a document is replaced when it is out of date, and nothing else of the document', () => {
    const marked = (inside: string) => `Before\n<!-- folders:begin -->${inside}<!-- folders:end -->\nAfter\n`
    write({ 'page.md': marked('\nold\n') })
    const read = () => readFileSync(join(root, 'page.md'), 'utf8')
    expect(pictureProblems(root, 'page.md', 'new', false)).toEqual([
      'page.md shows other folders; "npm run check:folders -- --write page.md" brings it up to date.',
    ])
    expect(read()).toBe(marked('\nold\n'))
    expect(pictureProblems(root, 'page.md', 'new', true)).toEqual([])
    expect(read()).toBe(marked('\n\n```text\nnew\n```\n\n'))
    expect(pictureProblems(root, 'page.md', 'new', false)).toEqual([])
  })

  it('needs its marks in the document', () => {
    write({ 'page.md': 'Nothing' })
    expect(pictureProblems(root, 'page.md', 'new', false)).toEqual([
      'page.md has no lines <!-- folders:begin --> and <!-- folders:end -->.',
    ])
  })
})

it('ends the command with 1, having printed the picture and what is wrong', () => {
  const command = join(import.meta.dirname, '../../scripts/check-folders.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, '--root', root], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stdout).toContain('Types that every part knows.')
  expect(stderr).toContain('core is not in the order of the repository.')
  expect(stderr).toContain('scripts/folders/order.ts')
})
