// The engine: takes stored samples in the order of their ids, judges each by the rules of its series, and records what
// was flagged together with the mark of what is judged. A sample is judged exactly once, whatever happens in between.
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { ChangeFeed } from '../delivery/changes.ts'
import type { Anomaly } from '../events/lifecycle.ts'
import type { Recorder } from '../events/recorder.ts'
import { noMeters, type Meters } from '../health/meters.ts'
import type { Log } from '../ports.ts'
import type { Store, StoredSample } from '../store/store.ts'
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
  /** Writes the states that are behind, in small steps. */
  saveStates(): Promise<void>
  /** Stops after the chunk at hand and saves all states; what waits is judged after the next start. */
  close(): Promise<void>
}

/** Samples per transaction; some milliseconds of work, so that requests get their turn in between. */
const CHUNK = 500
const STATES_PER_STEP = 50
const RETRY_AFTER = 1000

interface Deps {
  store: Pick<Store, 'samples' | 'states' | 'transaction'>
  watchers: Watchers
  recorder: Recorder
  feed: ChangeFeed
  log: Log
  meters?: Meters
}

export function createEngine({ store, watchers, recorder, feed, log, meters = noMeters }: Deps): Engine {
  let queue: StoredSample[] = []
  let mark = store.states.judgedUpTo()
  /** Set while samples are read from the store instead of taken from their commits. */
  let catchingUp = true
  let closing = false
  let judged = 0
  let running = run()

  function nextChunk(): StoredSample[] {
    if (!catchingUp) return queue.splice(0, CHUNK)
    const chunk = store.samples.after(mark, CHUNK)
    // Nothing is committed between this look and the end of the catching up, for both are in one turn.
    if (chunk.length === 0) catchingUp = false
    return chunk
  }

  /** All in one turn: what was judged and what that led to are written together. */
  function judgeChunk(chunk: readonly StoredSample[]): void {
    const begun = performance.now()
    const newMark = chunk.at(-1)!.id
    const changes = store.transaction(() => {
      const anomalies = chunk.filter(({ late }) => !late).flatMap((sample) => anomaliesOf(sample))
      const recorded = recorder.record(anomalies)
      store.states.save(watchers.takeUnsaved())
      store.states.setJudgedUpTo(newMark)
      return recorded
    })
    mark = newMark
    judged += chunk.length
    feed.publish(changes)
    meters.judged(performance.now() - begun)
  }

  function anomaliesOf(sample: StoredSample): Anomaly[] {
    return watchers.of(sample).flatMap(({ active, watch }) => {
      const { verdict, streak } = watch.judge(sample)
      return streak ? [{ rule: active.rule, sample, verdict, streak }] : []
    })
  }

  async function run(): Promise<void> {
    for (;;) {
      if (closing) return
      try {
        const chunk = nextChunk()
        if (chunk.length === 0) return
        judgeChunk(chunk)
        await nextTurn()
      } catch (error) {
        log.error({ err: error }, 'judging failed; going on from the last mark')
        watchers.forget()
        queue = []
        catchingUp = true
        await pause(RETRY_AFTER, undefined, { ref: false })
      }
    }
  }

  async function saveStates(): Promise<void> {
    const behind = watchers.behind()
    for (;;) {
      const step = pull(behind, STATES_PER_STEP)
      if (step.length === 0) return
      store.transaction(() => store.states.save(step))
      await nextTurn()
    }
  }

  return {
    take(samples) {
      if (catchingUp) return
      const wasIdle = queue.length === 0
      for (const sample of samples) if (!sample.drill) queue.push(sample)
      if (wasIdle) running = running.then(run)
    },
    waiting: () => queue.length,
    judged: () => judged,
    idle: () => running,
    saveStates,
    async close() {
      closing = true
      await running
      await saveStates()
    },
  }
}

function pull<T>(from: Iterator<T>, most: number): T[] {
  const pulled: T[] = []
  while (pulled.length < most) {
    const { done, value } = from.next()
    if (done) break
    pulled.push(value)
  }
  return pulled
}
