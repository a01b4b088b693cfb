// The drill: stores made-up samples on a shadow of the series, has them judged at once and says what came of it.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RequestOf } from '../../../../shared/contract/operation.ts'
import type { Operations } from '../../../../shared/contract/operations.ts'
import type { SimulationOut } from '../../../../shared/schemas/simulation.ts'
import { ALARM_LINE } from '../../../../shared/domain/severity.ts'
import { textsFor } from '../../../../shared/texts/texts.ts'
import { unitOf } from '../../../../shared/domain/units.ts'
import type { ChangeFeed } from '../../platform/change-feed.ts'
import { AppError, invalidField } from '../../platform/errors.ts'
import { evaluateDrill, normalValues } from '../../detection/drill.ts'
import type { ActiveRules } from '../../detection/active-rules.ts'
import type { AnomalyRun } from '../../events/transition.ts'
import type { Recorder } from '../../events/recorder.ts'
import type { Model } from '../../explain/llm/model.ts'
import { factsOfDrill } from '../../explain/llm/prompt.ts'
import type { Clock } from '../../platform/ports.ts'
import type { NewSample, StoredSample } from '../../store/types/samples.ts'
import type { SeriesLimits } from '../../store/types/series.ts'
import type { Store } from '../../store/types/store.ts'
import type { StoredEvent } from '../../store/types/events.ts'
import { explainDrill } from '../../explain/drill.ts'
import { MIN_SAMPLES, preview } from './detect.ts'
import type { Handlers } from './handlers.ts'

type Drill = RequestOf<Operations['simulate']>['body']

/** Samples of a drill lie a minute apart, as those of many agents do, but all within the last hour. */
const STEP = 60_000
const SPAN = 3_600_000
const SAMPLES_PER_COMMIT = 1000

interface Deps {
  store: Store
  rulebook: ActiveRules
  recorder: Recorder
  feed: ChangeFeed
  model: Pick<Model, 'isOn' | 'ask'>
  clock: Clock
  seriesLimits(): SeriesLimits
}

export function simulateHandlers(deps: Deps): Pick<Handlers, 'simulate'> {
  const { store, rulebook, recorder, feed, model, clock, seriesLimits } = deps
  const storeDrill = async (drill: Drill): Promise<StoredSample[]> => {
    const samples = samplesOf(drill, clock.now())
    if (store.series.exceeded(samples.slice(0, 1), seriesLimits()))
      throw invalidField('source', 'a drill makes a series of its own, and there are as many as may be')
    const stored: StoredSample[] = []
    for (let from = 0; from < samples.length; from += SAMPLES_PER_COMMIT) {
      const part = samples.slice(from, from + SAMPLES_PER_COMMIT)
      const stretch = await store.commit(() => {
        if (store.sources.isPendingDeletion(drill.source)) throw beingForgotten(drill)
        const firstId = store.samples.append(part)
        return part.map((_, index) => store.samples.get(firstId + index)!)
      })
      stored.push(...stretch)
      await nextTurn()
    }
    return stored
  }

  const isThere = ({ source, seriesId }: StoredSample) =>
    !store.sources.isPendingDeletion(source) &&
    store.series.ofSource(source, { drill: true }).some(({ id }) => id === seriesId)

  const raiseEvents = async (samples: readonly StoredSample[]): Promise<StoredEvent[]> => {
    const sample = samples.at(-1)!
    const verdicts = evaluateDrill(rulebook.matching(sample.source, sample.metricType), samples)
    const raised = await store.commit(() => {
      if (!isThere(sample)) throw beingForgotten(sample)
      return verdicts
        .filter(({ verdict }) => verdict.score >= ALARM_LINE)
        .map(({ active: { rule }, verdict }) =>
          recorder.raise({ kind: 'anomaly', rule, sample, verdict, run: alone(sample), flapping: false }),
        )
    })
    feed.publish(raised.map(({ change }) => change))
    return raised.map(({ event }) => event)
  }

  /** In the words of the model, where one is set up and answers. */
  const explained = async (drill: Omit<SimulationOut, 'explanation'>): Promise<SimulationOut['explanation']> => {
    const text = explainDrill(drill.detection, drill.events)
    if (!model.isOn()) return { kind: 'statistical', text, model: null }
    try {
      return await model.ask('drill', () => factsOfDrill(drill))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { kind: 'statistical', text: `${textsFor().modelFailed({ reason: error.message })} ${text}`, model: null }
    }
  }

  return {
    async simulate({ body }) {
      const samples = await storeDrill(body)
      const events = await raiseEvents(samples)
      const detection = preview({
        judging: PREVIEW,
        history: samples.slice(0, -1),
        source: body.source,
        metricType: body.metric_type,
        unit: unitOf(body.metric_type),
        value: body.anomaly_value,
        time: clock.now(),
      })
      const drill = {
        simulation: {
          source: body.source,
          metric_type: body.metric_type,
          normal_points: body.normal_count,
          baseline_mean: body.baseline_mean,
          baseline_std: body.baseline_std,
          anomaly_value: body.anomaly_value,
        },
        detection,
        events_created: events.length,
        events,
      }
      return { ...drill, explanation: body.include_llm ? await explained(drill) : null }
    },
  }
}

const beingForgotten = ({ source }: Pick<Drill, 'source'>) =>
  new AppError('OVERLOADED', `${source} is being forgotten.`, { retryAfter: 1 })

/** Only the last value of a drill can ring, whatever came before it. */
const alone = ({ id, time }: StoredSample): AnomalyRun => ({
  firstId: id,
  since: time,
  lasting: 0,
  count: 1,
  troubleFrom: id,
})

const PREVIEW = {
  method: 'ZSCORE',
  z_threshold: 3,
  iqr_factor: 1.5,
  threshold: null,
  operator: 'above',
  min_samples: MIN_SAMPLES,
  params: {},
} as const

function samplesOf(drill: Drill, now: number): NewSample[] {
  const normal = normalValues(drill.normal_count, drill.baseline_mean, drill.baseline_std, Math.random)
  const values = [...normal, drill.anomaly_value]
  const step = Math.min(STEP, SPAN / values.length)
  return values.map((value, index) => ({
    source: drill.source,
    metricType: drill.metric_type,
    value,
    unit: unitOf(drill.metric_type) || null,
    tags: { sim: true },
    serverId: null,
    time: Math.round(now - (values.length - 1 - index) * step),
    drill: true,
  }))
}
