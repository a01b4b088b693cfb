// kill -9 under load, round after round on one data folder, at named points and at random.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { randomFrom } from '../../support/random.ts'
import { temporaryFolder, type RunningHost } from '../../support/host-process.ts'
import { check, type CheckResult } from './check.ts'
import { start, type Started } from './host.ts'
import { SOURCE_PREFIX } from './deleted-sources.ts'
import { createLoad, RULES } from './load.ts'
import { POINT_NAMES, POINTS, type Point, type PointName } from './points.ts'
import { copyWithMigration, undoMigration, headlessIn, ROOT } from './program.ts'

/** Milliseconds within which a host must come to its point. */
const PATIENCE = 60_000

export interface Killed extends CheckResult {
  /** How often a host was killed at each point. */
  at: Map<PointName, number>
}

interface Rounds {
  /** Rounds that end at a random moment. */
  random: number
  /** How often each named point has its round. */
  named: number
  seed: number
  /** Hears of every round that is done. */
  onRound?(done: number, of: number): void
}

/** Throws if a host was not killed as it should have been, or if something is lost or duplicated in the end. */
export async function killRounds({ random: atRandom, named, seed, onRound }: Rounds): Promise<Killed> {
  const folder = temporaryFolder()
  const migrating = copyWithMigration()
  const note = join(folder.path, 'killed-at')
  const dataDir = join(folder.path, 'data')
  const file = join(dataDir, 'tocsin.db')
  const random = randomFrom(seed)
  const load = createLoad(seed)
  const at = new Map<PointName, number>()
  let living: Started | undefined

  async function killedAt(point: PointName) {
    const isMigration = point.startsWith('in a migration')
    // What the migration rebuilds should not be empty.
    if (isMigration) await killedAtRandom(false)
    const { once: comesOnce }: Point = POINTS[point]
    const order = { point, note, time: comesOnce ? 1 : 1 + Math.floor(random() * 5) }
    const program = headlessIn(isMigration ? migrating.root : ROOT)
    rmSync(note, { force: true })
    const started = (living = start({ program, dataDir, hurried: true, order }))
    const patience = setTimeout(() => started.child.kill('SIGTERM'), PATIENCE)
    const host = await started.ready
    if (host) await disturb(host, point)
    assert.equal(await started.ended, 'SIGKILL', `never came to "${point}"`)
    clearTimeout(patience)
    assert.equal(readFileSync(note, 'utf8'), point)
    at.set(point, (at.get(point) ?? 0) + 1)
    if (isMigration) assert.equal(undoMigration(file), point.endsWith('after its commit'))
  }

  async function killedAtRandom(hurried: boolean) {
    const started = (living = start({ program: headlessIn(ROOT), dataDir, hurried }))
    const host = await started.ready
    assert.ok(host)
    const disturbed = disturb(host, 'at random')
    await pause(random() * 500)
    started.child.kill('SIGKILL')
    await disturbed
    assert.equal(await started.ended, 'SIGKILL')
  }

  const disturb = (host: RunningHost, until: PointName | 'at random') => {
    const isDeleting = /delet|gone/.test(until)
    return Promise.all([
      // What was not evaluated is not compacted.
      load.run(host, isDeleting),
      load.follow(host),
      ...(until.startsWith('in retention') ? [load.postOld(host)] : []),
      ...(isDeleting || until === 'at random' ? [load.createAndDeleteSources(host)] : []),
    ])
  }

  try {
    const made = await makeRules(dataDir)
    const rounds = shuffled(
      [
        ...Array.from({ length: named }, () => POINT_NAMES.map((point) => () => killedAt(point))).flat(),
        ...Array.from({ length: atRandom }, (_, index) => () => killedAtRandom(index % 2 === 0)),
      ],
      random,
    )
    for (const [index, round] of rounds.entries()) {
      await round()
      onRound?.(index + 1, rounds.length)
    }
    living = start({ program: headlessIn(ROOT), dataDir })
    const host = (await living.ready)!
    const followed = load.follow(host)
    await load.finish(host)
    const found = await check(host, load.ledger)
    assert.deepEqual(await rulesOf(host), made)
    await host.stop()
    await followed
    return { ...found, at }
  } finally {
    living?.child.kill('SIGKILL')
    migrating.remove()
    folder.remove()
  }
}

async function makeRules(dataDir: string) {
  const host = (await start({ program: headlessIn(ROOT), dataDir }).ready)!
  const { client } = host
  for (const { id } of await client.listRules()) await client.deleteRule({ params: { rule_id: id } })
  for (const body of RULES) await client.createRule({ body })
  const to = new Date(Date.now() + 86_400_000).toISOString()
  // Nothing of this metric type fires.
  await client.createSilence({
    body: { source: `${SOURCE_PREFIX}*`, metric_type: 'CALM*', to, comment: 'They come and go' },
  })
  const made = await rulesOf(host)
  await host.stop()
  return made
}

/** What nobody changes. */
const rulesOf = async ({ client }: RunningHost) => [await client.listRules(), await client.listSilences()]

function shuffled<T>(things: readonly T[], random: () => number): T[] {
  return things
    .map((thing) => ({ thing, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ thing }) => thing)
}
