// Metrics that are read from their source on each scrape; only histograms are written to.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export function metricsOf(register: Registry) {
  const registers = [register]
  return {
    gauge: (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      }),
    /** One for each value of a label. */
    gauges: (name: string, help: string, label: string, read: () => Record<string, number>) =>
      new Gauge({
        name,
        help,
        registers,
        labelNames: [label],
        collect() {
          for (const [key, value] of Object.entries(read())) this.set({ [label]: key }, value)
        },
      }),
    counter: (name: string, help: string, read: () => number) =>
      new Counter({
        name,
        help,
        registers,
        collect() {
          this.reset()
          this.inc(read())
        },
      }),
    counters: (name: string, help: string, label: string, read: () => Record<string, number>) =>
      new Counter({
        name,
        help,
        registers,
        labelNames: [label],
        collect() {
          this.reset()
          for (const [key, value] of Object.entries(read())) this.inc({ [label]: key }, value)
        },
      }),
    histogram: (name: string, help: string, buckets: number[]) => new Histogram({ name, help, buckets, registers }),
  }
}
