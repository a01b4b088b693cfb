// `npm run test:fuzz`: a hundred thousand cases; the unit tests try some thousand.
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import build from '../support/build.ts'
import { startHostProcess, temporaryFolder } from '../support/host-process.ts'
import { fuzz } from './fuzz.ts'

const HELP = `Knocks at a Tocsin of its own with requests that nobody means well with.

Usage: npm run test:fuzz -- [--cases N] [--seed N]

  --cases N   how many (100000; "npm test" tries 1500)
  --seed N    the same cases again; each run prints its own`

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string' }, help: { type: 'boolean' } },
})
if (values.help) console.log(HELP)
else await run(Number(values.cases), Number(values.seed ?? Date.now() % 2 ** 31))

async function run(cases: number, seed: number): Promise<void> {
  await build()
  const folder = temporaryFolder()
  mkdirSync(folder.path, { recursive: true })
  const host = await startHostProcess({ dataDir: folder.path, inspected: true })
  console.log(`${cases} cases, seed ${seed}`)
  try {
    const { statuses, seconds, memory } = await fuzz(host, cases, seed)
    console.log(`Done in ${seconds.toFixed(0)} s. Answers by status: ${JSON.stringify(statuses)}`)
    for (const kind of ['retained', 'resident'] as const)
      console.log(
        `Memory ${kind} after a fifth: ${megabytes(memory.warm[kind])}, in the end: ${megabytes(memory.end[kind])}`,
      )
  } finally {
    await host.stop()
    folder.remove()
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}
