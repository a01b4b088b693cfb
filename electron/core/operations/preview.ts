// A rule, saved or not, over the stored history. Series by series, so that live work goes on in between.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { MOST_PREVIEWED_RINGS, MOST_PREVIEWED_SERIES, type PreviewRing } from '../../../shared/schemas/preview.ts'
import { suited } from '../detectors/counter.ts'
import { prepareDetector } from '../detectors/registry.ts'
import { createGlob } from '../engine/glob.ts'
import { ringsOf, type Ring } from '../engine/rings.ts'
import type { Clock } from '../ports.ts'
import type { Store, StoredSample } from '../store/store.ts'
import type { Handlers } from './handlers.ts'
import { refuseProblems } from './rules.ts'

const HOUR = 3_600_000
/** A day of samples five seconds apart, and what a detector wants to learn first. */
const MOST_SAMPLES_PER_SERIES = 20_000

interface Deps {
  store: Pick<Store, 'samples' | 'series'>
  clock: Clock
}

export const previewHandlers = ({ store, clock }: Deps): Pick<Handlers, 'previewRule'> => ({
  async previewRule({ body }) {
    const rule = { ...body, threshold: body.threshold ?? null }
    refuseProblems(rule)
    const matches = { source: createGlob(rule.source), metricType: createGlob(rule.metric_type) }
    const watched = store.series
      .all()
      .filter(({ source, metricType }) => matches.source(source) && matches.metricType(metricType))
    const detector = prepareDetector(rule)
    // What has waited for samples has lasted for long enough.
    const timing = detector.isOfClock ? { ...rule, for_seconds: 0 } : rule
    const since = clock.now() - rule.hours * HOUR
    const total = { cut: 0, samples: 0, flagged: 0, rings: [] as PreviewRing[] }
    const judged = watched.slice(0, MOST_PREVIEWED_SERIES)
    for (const { id, metricType } of judged) {
      const history = store.samples.recent(id, MOST_SAMPLES_PER_SERIES)
      const { samples, flagged, rings } = ringsOf(suited(detector, metricType), timing, history, since)
      // Had all of the hours been read, something older would stand before them.
      if (samples === MOST_SAMPLES_PER_SERIES) total.cut++
      total.samples += samples
      total.flagged += flagged
      total.rings.push(...rings.map(ringOut))
      await nextTurn()
    }
    return {
      hours: rule.hours,
      series: watched.length,
      series_judged: judged.length,
      series_cut: total.cut,
      samples: total.samples,
      flagged: total.flagged,
      rings: total.rings.length,
      newest_rings: total.rings
        .toSorted((one, other) => other.detected_at.localeCompare(one.detected_at))
        .slice(0, MOST_PREVIEWED_RINGS),
    }
  },
})

const ringOut = ({ sample, verdict, event }: Ring<StoredSample>): PreviewRing => ({
  source: sample.source,
  metric_type: sample.metricType,
  unit: sample.unit,
  severity: event.severity,
  value: sample.value,
  reason: verdict.reason,
  detected_at: event.detected_at,
  last_seen_at: event.last_seen_at,
  resolved_at: event.resolved_at,
  occurrences: event.occurrences,
  flapping: event.flapping,
})
