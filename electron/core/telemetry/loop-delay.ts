// How long one turn of the event loop takes: whatever comes meanwhile has to wait for its end.
import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface LoopDelay {
  /** In seconds, of the turns since the last reading; all 0 if there was none. */
  read(): { p50: number; p99: number; p999: number; max: number }
  end(): void
}

/**
 * Measured by the turn, without a timer: one that wakes the process 100 times a second costs half a percent of a core
 * for nothing. Node before 24.20 knows only that timer; there it wakes less often, and its interval of 20 ms is in
 * every figure.
 */
export function watchLoopDelay(): LoopDelay {
  const delay = monitorEventLoopDelay({ samplePerIteration: true, resolution: 20 })
  delay.enable()
  // The turn at hand is counted from the start of the process.
  setImmediate(() => delay.reset())
  return {
    read() {
      const [p50, p99, p999] = [50, 99, 99.9].map((share) => delay.percentile(share) / 1e9) as [number, number, number]
      const max = delay.max / 1e9
      delay.reset()
      return { p50, p99, p999, max }
    },
    end: () => void delay.disable(),
  }
}
