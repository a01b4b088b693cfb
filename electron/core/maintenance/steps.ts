// Runs long work in small steps, between which everything else has its turn.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Meters } from '../platform/meters.ts'
import type { Store } from '../store/types/store.ts'

/** Does a part of the work, and says whether more is left. */
export type Step = () => boolean

export interface StepRunner {
  /** @returns starts the work; does nothing if that work is still running */
  inSteps(prepare: () => Promise<Step>): () => Promise<void>
  /** Running work stops after its current step. */
  end(): void
}

interface Deps {
  store: Pick<Store, 'isPaused'>
  meters: Pick<Meters, 'compacted'>
}

export function createStepRunner({ store, meters }: Deps): StepRunner {
  const life = { isEnded: false }

  function timed(step: Step): boolean {
    const begun = performance.now()
    const more = step()
    meters.compacted(performance.now() - begun)
    return more
  }

  /** Resolves in a turn of the event loop in which writing holds up nobody. */
  async function writable(): Promise<void> {
    do await nextTurn()
    while (store.isPaused())
  }

  return {
    inSteps(prepare) {
      let isRunning = false
      return async () => {
        if (isRunning) return
        isRunning = true
        try {
          const step = await prepare()
          while (!life.isEnded && timed(step)) await writable()
        } finally {
          isRunning = false
        }
      }
    },
    end() {
      life.isEnded = true
    },
  }
}
