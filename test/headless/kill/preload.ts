// `node --import test/headless/kill/preload.ts out/headless/index.js …` runs the program as it is shipped, on a database
// that kills the process, as kill -9 does, before or after a statement. Threads load it too. And what the program does
// seldom, it does here all the time.
import fs, { writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import Sqlite, { type Statement } from 'better-sqlite3'
import { ORDER, POINTS, type Order, type Point } from './points.ts'

hurry()
const order = process.env[ORDER]
if (order !== undefined) killAt(JSON.parse(order) as Order)

/** What is done every half minute or less often comes every 50 ms; a write-ahead log counts a thousandfold. */
function hurry() {
  const { setInterval } = globalThis
  const often = (work: () => void, interval: number) => setInterval(work, interval >= 30_000 ? 50 : interval)
  globalThis.setInterval = often as typeof setInterval
  const { statSync } = fs
  const enlarged = (...given: Parameters<typeof statSync>) => {
    const stats = statSync(...given)
    if (stats && String(given[0]).endsWith('-wal')) stats.size = Number(stats.size) * 1000
    return stats
  }
  Object.assign(fs, { statSync: enlarged })
  syncBuiltinESMExports()
}

function killAt({ point, time, note }: Order) {
  const { within, statement, when }: Point = POINTS[point]
  let left = time
  let isWithin = within === undefined

  const dieIf = (now: Point['when'], text: string) => {
    if (now === when && isWithin && statement.test(text) && --left === 0) die(point, note)
    if (now === 'before') return
    if (within?.test(text)) isWithin = true
    else if (within && /^(COMMIT|ROLLBACK)$/.test(text)) isWithin = false
  }
  const around = <T>(text: string, run: () => T): T => {
    dieIf('before', text)
    const result = run()
    dieIf('after', text)
    return result
  }

  const statements = Object.getPrototypeOf(new Sqlite(':memory:').prepare('SELECT 1')) as Record<string, Run>
  for (const name of ['run', 'get', 'all']) {
    const run = statements[name]!
    statements[name] = function around_(this: Statement, ...given) {
      return around(textOf(this, given), () => run.apply(this, given))
    }
  }
  const { exec, pragma } = Sqlite.prototype
  Sqlite.prototype.exec = function around_(this: Sqlite.Database, text) {
    return around(text, () => exec.call(this, text))
  }
  Sqlite.prototype.pragma = function around_(this: Sqlite.Database, text, options) {
    return around(text, () => pragma.call(this, text, options))
  }
}

type Run = (this: Statement, ...given: unknown[]) => unknown

function textOf({ source }: Statement, given: unknown[]): string {
  const values = given.flatMap((value) => {
    if (typeof value === 'object' && value !== null) return 'tier' in value ? [`tier ${value.tier as number}`] : []
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
  })
  return [source.trim(), ...values].join(' ')
}

function die(point: string, note: string) {
  writeFileSync(note, point)
  process.kill(process.pid, 'SIGKILL')
  // In a thread, the end of the process may take a moment.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
