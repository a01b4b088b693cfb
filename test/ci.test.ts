// The workflow and `.ci/run` stay one list of commands, and nothing in the workflow can be exchanged afterwards.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8')
const workflow = read('.github/workflows/ci.yml')
const commands = [...workflow.matchAll(/^ +- run: (.+)$/gm)].map(([, command]) => command!)

test('on Linux the workflow runs .ci/run; elsewhere it runs a part of that list', () => {
  const [everything, ...others] = commands
  expect(everything).toBe('bash .ci/run')
  expect(others).toEqual(['npm ci', 'npm run check', 'npm run test:unit'])
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  // `npm test` begins with the unit tests, so that each of these is in the list.
  const listed = `${read('.ci/run')}\n${scripts.test}`
  for (const command of others) expect(listed).toContain(command)
})

test('actions are pinned by their commit', () => {
  const actions = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action]) => action!)
  expect(actions.length).toBe(4)
  for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
})
