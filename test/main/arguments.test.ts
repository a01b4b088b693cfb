import { expect, test } from 'vitest'
import { ownArguments } from '../../electron/main/arguments.ts'

const OWN = ['--port', '0', '--data-dir', '/tmp/a', '--no-host-agent', '--host', '127.0.0.1', '--help']

test.for<[string, string[], boolean]>([
  ['a packaged program', ['/opt/tocsin', ...OWN], true],
  ['Electron with the program', ['/electron', '/tocsin', ...OWN], false],
  ["Chromium's switches before the program", ['/electron', '--no-sandbox', '/tocsin', ...OWN], false],
  ["Chromium's switches anywhere", ['/opt/tocsin', '--ozone-platform=x11', ...OWN, '--disable-gpu'], true],
])('of %s the own arguments are left', ([, argv, packaged]) => {
  expect(ownArguments(argv, packaged)).toEqual(OWN)
})

test('a misspelt flag is left too, so that it can be refused', () => {
  expect(ownArguments(['/opt/tocsin', '--prot', '1'], true)).toEqual(['--prot', '1'])
})
