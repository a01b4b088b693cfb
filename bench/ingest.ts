// How fast samples come in, beside two floors in the same run: `npm run bench:ingest -- [--seconds N] [--rounds N]`.
// The targets take turns, each on a fresh folder, and medians are compared, since machines are noisy.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import build from '../test/build.ts'
import { startHostProcess, temporaryFolder } from '../test/host-process.ts'
import { post, type Outcome } from './load.ts'

interface Target {
  name: string
  start(folder: string): Promise<{ url: string; stop(): Promise<unknown> }>
}

const PATHS = { batches: '/api/anomaly/metrics/batch', singles: '/api/anomaly/metrics' }

const floor =
  (kind: string): Target['start'] =>
  async (folder) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'floor.ts'), kind, folder])
    const [port] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
    return {
      url: `http://127.0.0.1:${port.trim()}`,
      async stop() {
        child.kill()
        await once(child, 'exit')
      },
    }
  }

const TARGETS: Target[] = [
  { name: 'parse and forget', start: floor('parse') },
  { name: 'a transaction each', start: floor('sqlite') },
  { name: 'Tocsin', start: (dataDir) => startHostProcess({ dataDir }) },
]

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, rounds: { type: 'string', default: '3' } },
})

await build()
for (const [kind, batch] of [
  ['batches', 100],
  ['singles', 1],
] as const) {
  const outcomes = new Map<string, Outcome[]>(TARGETS.map(({ name }) => [name, []]))
  for (let round = 0; round < Number(values.rounds); round++)
    for (const { name, start } of TARGETS) outcomes.get(name)!.push(await measure(start, kind, batch))
  report(`${kind}: ${batch} in a post, 1,000 series, 16 connections, the rules of the first start`, outcomes)
}

async function measure(start: Target['start'], kind: keyof typeof PATHS, batch: number): Promise<Outcome> {
  const folder = temporaryFolder()
  const target = await start(folder.path)
  try {
    return await post({ url: target.url + PATHS[kind], batch, seconds: Number(values.seconds) })
  } finally {
    await target.stop()
    folder.remove()
  }
}

function report(title: string, outcomes: Map<string, Outcome[]>): void {
  console.log(title)
  const tocsin = median(outcomes.get('Tocsin')!, 'samplesPerSecond')
  for (const [name, each] of outcomes) {
    const speed = median(each, 'samplesPerSecond')
    const figures = [
      `${Math.round(speed).toLocaleString('en')} samples/s`,
      `p50 ${median(each, 'p50').toFixed(2)} ms`,
      `p99 ${median(each, 'p99').toFixed(2)} ms`,
      `${median(each, 'refused')} refused`,
    ]
    console.log(
      `  ${name.padEnd(20)} ${figures.join(', ')}${name === 'Tocsin' ? '' : `; Tocsin reaches ${(tocsin / speed).toFixed(2)} of it`}`,
    )
  }
}

function median(outcomes: Outcome[], key: keyof Outcome): number {
  const sorted = outcomes.map((outcome) => outcome[key]).toSorted((one, other) => one - other)
  return sorted[sorted.length >> 1] ?? NaN
}
