// Drills: stores generated samples on the shadow of a series, evaluates them at once, and records what they raise. They
// take the same watches and the same recorder as live samples.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Detection } from '../../../../shared/schemas/detection.ts'
import type { Event } from '../../../../shared/schemas/event.ts'
import type { SimulationIn } from '../../../../shared/schemas/simulation.ts'
import { unitOf } from '../../../../shared/domain/units.ts'
import type { Recorder } from '../../events/recorder.ts'
import type { ChangeFeed } from '../../platform/change-feed.ts'
import { AppError, invalidField } from '../../platform/errors.ts'
import type { Clock } from '../../platform/ports.ts'
import type { StoredSample } from '../../store/types/samples.ts'
import type { SeriesLimits } from '../../store/types/series.ts'
import type { Store } from '../../store/types/store.ts'
import type { ActiveRules } from '../active-rules.ts'
import { evaluateValue, MIN_SAMPLES } from '../preview.ts'
import { createDrillSamples } from './drill-samples.ts'
import { evaluateDrill } from './evaluate-drill.ts'

const SAMPLES_PER_COMMIT = 1000

interface DrillResult {
  detection: Detection
  events: Event[]
}

export interface Drills {
  /** Throws AppError INVALID if the limit of series is reached, OVERLOADED while the source is being deleted. */
  run(drill: SimulationIn): Promise<DrillResult>
}

interface Deps {
  store: Pick<Store, 'samples' | 'series' | 'sources' | 'commit'>
  activeRules: Pick<ActiveRules, 'matching'>
  recorder: Pick<Recorder, 'record'>
  feed: Pick<ChangeFeed, 'publish'>
  clock: Clock
  seriesLimits(): SeriesLimits
}

export function createDrills({ store, activeRules, recorder, feed, clock, seriesLimits }: Deps): Drills {
  async function storeSamples(drill: SimulationIn): Promise<StoredSample[]> {
    const samples = createDrillSamples(drill, clock.now())
    if (store.series.exceeded(samples.slice(0, 1), seriesLimits()))
      throw invalidField('source', 'a drill creates a series, and the limit on series is reached')
    const stored: StoredSample[] = []
    for (let from = 0; from < samples.length; from += SAMPLES_PER_COMMIT) {
      const part = samples.slice(from, from + SAMPLES_PER_COMMIT)
      const storedPart = await store.commit(() => {
        if (store.sources.isPendingDeletion(drill.source)) throw beingDeleted(drill.source)
        const firstId = store.samples.append(part)
        return part.map((_, index) => store.samples.get(firstId + index)!)
      })
      stored.push(...storedPart)
      await nextTurn()
    }
    return stored
  }

  const isStored = ({ source, seriesId }: StoredSample) =>
    !store.sources.isPendingDeletion(source) &&
    store.series.ofSource(source, { drill: true }).some(({ id }) => id === seriesId)

  async function raiseEvents(samples: readonly StoredSample[]): Promise<Event[]> {
    const last = samples.at(-1)!
    const transitions = evaluateDrill(activeRules.matching(last.source, last.metricType), samples)
    const changes = await store.commit(() => {
      if (!isStored(last)) throw beingDeleted(last.source)
      return recorder.record(transitions)
    })
    feed.publish(changes)
    return changes.map(({ event }) => event)
  }

  return {
    async run(drill) {
      const samples = await storeSamples(drill)
      const events = await raiseEvents(samples)
      const detection = evaluateValue({
        rule: DETECTION,
        history: samples.slice(0, -1),
        source: drill.source,
        metricType: drill.metric_type,
        unit: unitOf(drill.metric_type),
        value: drill.anomaly_value,
        time: clock.now(),
      })
      return { detection, events }
    },
  }
}

const beingDeleted = (source: string) => new AppError('OVERLOADED', `${source} is being deleted.`, { retryAfter: 1 })

/** The detection in the answer, whichever rules there are. */
const DETECTION = {
  method: 'ZSCORE',
  z_threshold: 3,
  iqr_factor: 1.5,
  threshold: null,
  operator: 'above',
  min_samples: MIN_SAMPLES,
  params: {},
} as const
