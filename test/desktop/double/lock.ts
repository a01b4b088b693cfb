// One process per folder, also across processes: the first keeps its number in a file, and learns of the others from it.
import { readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function lockFor(folder: string, onSecond: () => void): boolean {
  const lock = join(folder, 'instance')
  const knock = join(folder, 'second-instance')
  if (!take(lock)) {
    writeFileSync(knock, '')
    return false
  }
  watch(folder, { persistent: false }, (_kind, name) => {
    if (name !== 'second-instance') return
    try {
      rmSync(knock)
      onSecond()
    } catch {
      // This removal triggers the watcher, too.
    }
  })
  process.once('exit', () => rmSync(lock, { force: true }))
  return true
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (isAlive(Number(readFileSync(lock, 'utf8')))) return false
    rmSync(lock, { force: true })
    return take(lock)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
