// The example agents, run as a reader would run them, against Tocsin as it is shipped.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startHostProcess, temporaryFolder, type HostProcess } from '../support/host-process.ts'
import { startLossyProxy } from './lossy-proxy.ts'

const EXAMPLES = join(import.meta.dirname, '../../examples')

/** Each with what it needs on this machine. */
const AGENTS = [
  { file: 'agent.sh', command: 'sh', needs: ['sh', 'curl'] },
  { file: 'agent.py', command: 'python3', needs: ['python3'] },
  { file: 'agent.mjs', command: process.execPath, needs: [] },
]

const isMissing = (program: string) => spawnSync(program, ['--version']).error !== undefined

/** Shells print no version, so that only whether one starts counts. */
const missingOf = (needs: string[]) => needs.filter(isMissing)

let folder: ReturnType<typeof temporaryFolder>
let host: HostProcess
beforeAll(async () => {
  folder = temporaryFolder()
  host = await startHostProcess({ dataDir: folder.path })
})
afterAll(async () => {
  await host.stop()
  folder.remove()
})

function start({ command, file }: (typeof AGENTS)[number], environment: Record<string, string>, ...args: string[]) {
  const child = spawn(command, [join(EXAMPLES, file), ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = Promise.all([once(child, 'close'), text(child.stderr)]).then(([[code], err]) => ({ code, err }))
  return { child, ended }
}

const seriesOf = (source: string) => host.client.listSeries({ query: { source } })
const countsOf = async (source: string) =>
  Object.fromEntries((await seriesOf(source)).map(({ metric_type, count }) => [metric_type, count]))

/** What the agents can read on this system. */
const EXPECTED = process.platform === 'linux' ? ['DISK', 'LOAD', 'MEMORY'] : ['DISK']

for (const agent of AGENTS) {
  const missing = missingOf(agent.needs)
  describe.skipIf(missing.length > 0)(`${agent.file}${missing.map((name) => `, needs ${name}`).join('')}`, () => {
    test('stores a batch once, although Tocsin was busy first and its answer got lost then', async () => {
      const source = `once-${agent.file}`
      const proxy = await startLossyProxy(host.url)
      const { code, err } = await start(agent, { TOCSIN_URL: proxy.url, TOCSIN_SOURCE: source }, '--once').ended
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(proxy.keys()).toEqual(Array.from({ length: 3 }, () => proxy.keys()[0]))
      expect(proxy.keys()[0]).toMatch(/.{8}/)
      const counts = await countsOf(source)
      expect(Object.keys(counts)).toEqual(expect.arrayContaining(EXPECTED))
      expect(Object.values(counts)).toEqual(Object.keys(counts).map(() => 1))
      for (const { metric_type, unit, last_value } of await seriesOf(source)) {
        expect(last_value).toBeGreaterThanOrEqual(0)
        if (metric_type === 'LOAD') continue
        expect({ metric_type, unit }).toEqual({ metric_type, unit: '%' })
        expect(last_value).toBeLessThanOrEqual(100)
      }
      await proxy.close()
    })

    test('posts again after every interval', async () => {
      const source = `loop-${agent.file}`
      const { child, ended } = start(agent, { TOCSIN_URL: host.url, TOCSIN_SOURCE: source, TOCSIN_INTERVAL: '1' })
      await vi.waitUntil(async () => ((await countsOf(source)).DISK ?? 0) > 2, { timeout: 30_000, interval: 100 })
      child.kill()
      expect((await ended).err).toBe('')
    })

    test('drops a batch that is rejected, and logs it', async () => {
      const environment = { TOCSIN_URL: host.url, TOCSIN_SOURCE: `refused-${agent.file}`, TOCSIN_TOKEN: 'wrong' }
      expect(await start(agent, environment, '--once').ended).toEqual({
        code: 1,
        err: `${agent.file}: Tocsin refused the batch with status 401\n`,
      })
      expect(await countsOf(environment.TOCSIN_SOURCE)).toEqual({})
    })
  })
}
