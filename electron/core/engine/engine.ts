// The engine: takes stored samples in the order of their ids, judges each by the rules of its series, and records what
// was flagged together with the mark of what is judged. A sample is judged exactly once, whatever happens in between.
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { ChangeFeed } from '../delivery/changes.ts'
import type { Recorder } from '../events/recorder.ts'
import { noMeters, type Meters } from '../health/meters.ts'
import type { Log } from '../ports.ts'
import type { Store, StoredSample } from '../store/store.ts'
import { Queue } from './queue.ts'
import type { Watchers } from './watchers.ts'

export interface Engine {
  /** Hears of every commit as soon as it is done, samples in the order of their ids. */
  take(samples: readonly StoredSample[]): void
  /** Samples that are stored and wait for their judgement. */
  waiting(): number
  /** Samples judged since the start. */
  judged(): number
  /** Resolves when nothing waits. */
  idle(): Promise<void>
  /**
   * Writes the states that are behind, in small steps, of the next part of all series in an endless round.
   *
   * @param share of all series, 0 to 1
   */
  saveStates(share: number): Promise<void>
  /** Stops after the chunk at hand and saves states for a second at most; what waits is judged after the next start. */
  close(): Promise<void>
}

/**
 * How long one turn of the event loop may judge, in milliseconds, and how many events and first states it may leave to
 * be written at its end: together some five milliseconds, so that requests get their turn in between.
 */
const LONGEST_TURN = 2.5
const MOST_TO_WRITE = 64
/** With more samples waiting than a turn brings in, judging comes first for a while. */
const MANY = 5000
const LONGEST_TURN_BEHIND = 8
/** Samples between two looks at the clock. */
const SAMPLES_PER_LOOK = 16
const SAMPLES_PER_READ = 1000
const LONGEST_STEP = 2
const LONGEST_CLOSE = 1000
const RETRY_AFTER = 1000

interface Deps {
  store: Pick<Store, 'samples' | 'states' | 'transaction' | 'held'>
  watchers: Watchers
  recorder: Recorder
  feed: ChangeFeed
  log: Log
  meters?: Meters
}

export function createEngine({ store, watchers, recorder, feed, log, meters = noMeters }: Deps): Engine {
  const queue = new Queue()
  let mark = store.states.judgedUpTo()
  /** Set while samples are read from the store instead of taken from their commits. */
  let catchingUp = true
  let closing = false
  let judged = 0
  let running = run()

  async function run(): Promise<void> {
    for (;;) {
      if (closing) return
      try {
        if (queue.length === 0 && catchingUp) readOn()
        if (queue.length === 0) return
        judgeChunk()
        do await nextTurn()
        while (store.held())
      } catch (error) {
        log.error({ err: error }, 'judging failed; going on from the last mark')
        watchers.forget()
        recorder.forget()
        queue.clear()
        catchingUp = true
        await pause(RETRY_AFTER, undefined, { ref: false })
      }
    }
  }

  /** Nothing is committed between the look that finds nothing and the end of the catching up: both are in one turn. */
  function readOn(): void {
    queue.add(store.samples.after(mark, SAMPLES_PER_READ))
    catchingUp = queue.length > 0
  }

  /** All in one turn: what was judged and what that led to are written together. */
  function judgeChunk(): void {
    const begun = performance.now()
    const chunk = store.transaction(() => {
      const { upTo, samples } = judgeForATurn()
      const changes = recorder.flush()
      store.states.save(watchers.takeDue())
      store.states.setJudgedUpTo(upTo)
      return { upTo, samples, changes }
    })
    mark = chunk.upTo
    judged += chunk.samples
    feed.publish(chunk.changes)
    meters.judged(performance.now() - begun)
  }

  function judgeForATurn(): { upTo: number; samples: number } {
    const end = performance.now() + (queue.length > MANY ? LONGEST_TURN_BEHIND : LONGEST_TURN)
    let upTo = mark
    let samples = 0
    for (let sample = queue.take(); sample; sample = queue.take()) {
      upTo = sample.id
      if (sample.drill) continue
      const quick = sample.late || watchers.judge(sample, recorder.add)
      samples++
      if (quick && samples % SAMPLES_PER_LOOK > 0) continue
      if (recorder.pending() + watchers.pending() >= MOST_TO_WRITE || performance.now() > end) break
    }
    return { upTo, samples }
  }

  async function saveBehind(share: number, goesOn: () => boolean): Promise<void> {
    let left = Math.ceil(watchers.size() * share)
    while (left > 0 && goesOn()) {
      left -= saveStep(left)
      await nextTurn()
    }
  }

  /** @returns the number of series that were looked at */
  function saveStep(most: number): number {
    const end = performance.now() + LONGEST_STEP
    let seen = 0
    store.transaction(() => {
      for (; seen < most && performance.now() < end; seen++) store.states.save(watchers.nextBehind())
    })
    return seen
  }

  return {
    take(samples) {
      if (catchingUp) return
      const wasIdle = queue.length === 0
      queue.add(samples)
      if (wasIdle) running = running.then(run)
    },
    waiting: () => (catchingUp ? store.samples.newestId() - mark : queue.length),
    judged: () => judged,
    idle: () => running,
    saveStates: (share) => saveBehind(share, () => !closing),
    async close() {
      closing = true
      await running
      const end = performance.now() + LONGEST_CLOSE
      await saveBehind(1, () => performance.now() < end)
    },
  }
}
