// What the program costs while nothing happens but its host agent: `npm run bench:idle -- [--minutes N] [--small] [--check]`.
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import build from '../test/support/build.ts'
import { startHostProcess, temporaryFolder } from '../test/support/host-process.ts'
import { grouped } from './figures.ts'
import { scrape } from './targets.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    small: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})
const looks = values.small ? 2 : Number(values.minutes)
/** Milliseconds between two looks; each costs a millisecond or two of what is measured. */
const EVERY = values.small ? 1000 : 60_000
const MAX_USAGE = { percent: 1, megabytes: 150 }

await build()
const folder = temporaryFolder()
const host = await startHostProcess({ dataDir: folder.path, hostAgent: true })
const begun = await look()
let largest = begun.resident
let end = begun
for (let count = 0; count < looks; count++) {
  await pause(EVERY)
  end = await look()
  largest = Math.max(largest, end.resident)
}
await host.stop()
folder.remove()

const percent = (100 * (end.cpu - begun.cpu)) / ((end.at - begun.at) / 1000)
const megabytes = (bytes: number) => `${grouped(bytes / 1e6)} MB`
console.log(`Idle with the host agent on, ${((end.at - begun.at) / 60_000).toFixed(1)} minutes after the start:`)
console.log(`CPU: ${percent.toFixed(2)} % of a core (target: under ${MAX_USAGE.percent} %)`)
console.log(
  `resident: ${megabytes(end.resident)}, largest ${megabytes(largest)} (target: under ${MAX_USAGE.megabytes} MB)`,
)
if (values.check && !(percent < MAX_USAGE.percent && end.resident < MAX_USAGE.megabytes * 1e6)) process.exitCode = 1

async function look(): Promise<{ at: number; cpu: number; resident: number }> {
  const metrics = await scrape(host)
  const read = (name: string) => metrics.get(name) ?? NaN
  return {
    at: performance.now(),
    cpu: read('process_cpu_seconds_total'),
    resident: read('process_resident_memory_bytes'),
  }
}
