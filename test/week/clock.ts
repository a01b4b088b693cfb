// The time of a simulated week. From `takeOverTime` on, all of this thread goes by it: the clock, timers, and the time that
// only rises, by which the engine paces itself. So it belongs into a thread of its own.
import { setImmediate as nextTurn } from 'node:timers/promises'

interface Timer {
  due: number
  /** Milliseconds; undefined for one that goes off once. */
  every: number | undefined
  work(): void
}

export interface WeekClock {
  now(): number
  /** Timers that are due go off, and the event loop has some turns for what they began. */
  advanceTo(time: number): Promise<void>
}

/** What a timer began takes a few: it looks, commits, and is notified of the commit. */
const TURNS = 3

/**
 * Milliseconds. What is done so seldom or more seldom (maintenance, saving states, compaction, downsampling) takes more
 * time than evaluating and has no part in it, so it is done less often.
 */
const HOUSEKEEPING = 10_000
const LESS_OFTEN = 60

export function takeOverTime(begin: number): WeekClock {
  const timers = new Map<object, Timer>()
  const realNow = performance.now.bind(performance)
  let now = begin
  const start = (work: () => void, milliseconds: number, every?: number) => {
    const handle = { unref: () => handle, ref: () => handle, hasRef: () => false, refresh: () => handle }
    timers.set(handle, { due: now + milliseconds, every, work })
    return handle
  }
  const clear = (handle: object) => void timers.delete(handle)
  Object.assign(globalThis, {
    setTimeout: (work: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) =>
      start(() => work(...args), milliseconds),
    setInterval: (work: () => void, every: number) =>
      start(work, every, every < HOUSEKEEPING ? every : LESS_OFTEN * every),
    clearTimeout: clear,
    clearInterval: clear,
  })
  // It goes on between the steps, or what waits for some milliseconds to pass would wait for ever.
  performance.now = () => realNow() + now - begin

  return {
    now: () => now,
    async advanceTo(time) {
      now = time
      for (const [handle, timer] of [...timers].toSorted(([, one], [, other]) => one.due - other.due)) {
        if (timer.due > now) break
        if (timer.every === undefined) timers.delete(handle)
        // As after any pause of a process: an interval goes off once, however long that was.
        else timer.due = now + timer.every
        timer.work()
      }
      for (let turn = 0; turn < TURNS; turn++) await nextTurn()
    },
  }
}
