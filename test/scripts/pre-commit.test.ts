// The pre-commit hook, in a repository of its own.
import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../support/host-process.ts'

const ROOT = join(import.meta.dirname, '../..')

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
  git('init', '--quiet')
  git('config', 'core.hooksPath', join(ROOT, 'scripts/hooks'))
  git('config', 'user.email', 'test@localhost')
  git('config', 'user.name', 'test')
  copyFileSync(join(ROOT, '.oxfmtrc.json'), join(folder.path, '.oxfmtrc.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder.path, 'node_modules'), 'junction')
})
afterEach(() => folder.remove())

function git(...args: string[]) {
  // A test that runs within a commit must not reach that commit's repository.
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: folder.path,
    env: Object.fromEntries(environment),
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text)
const read = (name: string) => readFileSync(join(folder.path, name), 'utf8')
const committed = (name: string) => git('show', `HEAD:${name}`).stdout

test('formats what is staged, in the commit and in the folder', () => {
  write('a file.ts', 'export const a = "x";\n')
  write('notes.md', '*  a list\n')
  git('add', 'a file.ts', 'notes.md')
  const { status, stderr } = git('commit', '-m', 'one')
  expect(status, stderr).toBe(0)
  expect(stderr).toBe('pre-commit: formatted a file.ts\n')
  expect(committed('a file.ts')).toBe("export const a = 'x'\n")
  expect(read('a file.ts')).toBe("export const a = 'x'\n")
  expect(committed('notes.md')).toBe('*  a list\n')
})

test('leaves changes that are not staged out of the commit, and as they are', () => {
  write('a.ts', 'export const a = "x";\n')
  git('add', 'a.ts')
  const later = 'export const a = "x";\nexport const b = "y";\n'
  write('a.ts', later)
  expect(git('commit', '-m', 'one').status).toBe(0)
  expect(committed('a.ts')).toBe("export const a = 'x'\n")
  expect(read('a.ts')).toBe(later)
})

test('refuses a file that is broken, and names it', () => {
  write('a.ts', 'export const = \n')
  git('add', 'a.ts')
  const { status, stderr } = git('commit', '-m', 'one')
  expect(status).not.toBe(0)
  expect(stderr).toContain("pre-commit: a.ts can't be formatted")
  expect(git('rev-parse', '--verify', '--quiet', 'HEAD').status).not.toBe(0)
})
