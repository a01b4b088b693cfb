// Tocsin's own metrics, in Prometheus' text format.
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Engine } from './engine/engine.ts'

interface Deps {
  engine: Pick<Engine, 'waiting' | 'judged'>
  openCriticals(): number
}

/** Gives the text of `/metrics`. Nothing is measured until somebody asks. */
export function createHealth({ engine, openCriticals }: Deps): () => Promise<string> {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [register],
      collect() {
        this.set(read())
      },
    })
  gauge('tocsin_samples_waiting', 'Samples that are stored and wait for their judgement.', engine.waiting)
  gauge('tocsin_samples_judged', 'Samples judged since the start.', engine.judged)
  gauge('tocsin_events_open_critical', 'Events that are open and critical, drills left out.', openCriticals)
  return () => register.metrics()
}
