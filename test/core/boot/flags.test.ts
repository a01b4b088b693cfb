import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { UsageError } from '../../../electron/core/boot/command-line.ts'
import { isLoopback, ownNames, ownUrl } from '../../../electron/core/platform/addresses.ts'
import { readHostFlags } from '../../../electron/core/boot/flags.ts'

afterEach(() => vi.unstubAllEnvs())

test('without flags: the default port on loopback, with the host agent', () => {
  expect(readHostFlags([], {})).toMatchObject({ help: false, port: 8642, host: '127.0.0.1', hostAgent: true })
})

test.runIf(process.platform === 'linux')("the default data folder is the platform's own", async () => {
  vi.stubEnv('XDG_DATA_HOME', '/somewhere')
  vi.resetModules()
  const { readHostFlags } = await import('../../../electron/core/boot/flags.ts')
  expect(readHostFlags([], {}).dataDir).toBe('/somewhere/tocsin')
})

test('flags outweigh the environment, and an empty variable counts as none', () => {
  const environment = { TOCSIN_PORT: '1', TOCSIN_DATA_DIR: '/a' }
  expect(readHostFlags([], environment)).toMatchObject({ port: 1, dataDir: resolve('/a') })
  const flags = ['--port', '0', '--data-dir', 'b', '--no-host-agent', '--host', '::1']
  expect(readHostFlags(flags, environment)).toEqual({
    help: false,
    port: 0,
    dataDir: join(process.cwd(), 'b'),
    host: '::1',
    hostAgent: false,
  })
  expect(readHostFlags([], { TOCSIN_PORT: '', TOCSIN_DATA_DIR: '' })).toMatchObject({ port: 8642 })
})

test.for([
  [['--port', '65536'], {}, '--port 65536 is not a port; use a whole number from 0 to 65535.'],
  [['--port', '80a'], {}, '--port 80a is not a port; use a whole number from 0 to 65535.'],
  [['--port='], {}, '--port  is not a port; use a whole number from 0 to 65535.'],
  [[], { TOCSIN_PORT: '-1' }, 'TOCSIN_PORT -1 is not a port; use a whole number from 0 to 65535.'],
  [['--data-dir='], {}, '--data-dir requires a folder.'],
  [['--host', 'example.org'], {}, '--host example.org is not an IP address, such as 127.0.0.1 or 0.0.0.0.'],
  [['--host', '300.0.0.1'], {}, '--host 300.0.0.1 is not an IP address, such as 127.0.0.1 or 0.0.0.0.'],
  [['--verbose'], {}, "Unknown option '--verbose'."],
  [['start'], {}, "Unexpected argument 'start'."],
] as const)('%j with %j is refused', ([args, environment, complaint]) => {
  expect(() => readHostFlags([...args], environment)).toThrow(new UsageError(complaint))
})

describe('addresses', () => {
  test.for([
    ['127.0.0.1', true, 'http://127.0.0.1:1'],
    ['localhost', true, 'http://127.0.0.1:1'],
    ['127.0.0.5', true, 'http://127.0.0.5:1'],
    ['::1', true, 'http://[::1]:1'],
    ['0.0.0.0', false, 'http://127.0.0.1:1'],
    ['::', false, 'http://127.0.0.1:1'],
    ['192.0.2.7', false, 'http://192.0.2.7:1'],
  ] as const)('%s: loopback %j, reached at %s', ([host, loopback, url]) => {
    expect(isLoopback(host)).toBe(loopback)
    expect(ownUrl(host, 1)).toBe(url)
  })

  test('a named address is a name for Host; all addresses are all names of this machine', () => {
    expect(ownNames('192.0.2.7')).toEqual(['192.0.2.7'])
    expect(ownNames('fd00::2')).toEqual(['[fd00::2]'])
    expect(ownNames('0.0.0.0')).toContain('127.0.0.1')
  })
})
