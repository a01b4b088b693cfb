// A budget of false alarms for the source, not for each of its series: where a rule asks for it, a deviation of one series
// of many raises an event if it is large for so many series, if it lasts, or if another series deviates at about that time.
import { MINUTE } from '../../../shared/domain/time.ts'
import type { Rule } from '../../../shared/schemas/rule.ts'
import { ratioOf } from '../detectors/detector.ts'
import type { Anomaly, Transition } from '../events/transition.ts'
import type { Store } from '../store/types/store.ts'

export interface Corroboration {
  /** In the order of the samples: the transition, marked if it has to wait. */
  check(transition: Transition): Transition
  /** Inside the transaction that moves the watermark. */
  save(): void
  /** Goes back to what was saved, after a write has failed. */
  reset(): void
}

/** Deviations of two series so close in time belong together. */
const WINDOW = 5 * MINUTE
/** One sample says nothing by itself, however far off it is. */
const MIN_SAMPLES = 2
/** What lasts so long needs no other series. */
const LASTS = 30 * MINUTE
/** By chance two series of so many deviate together now and then: of more, others must join. */
const SERIES_PER_COMPANION = 50
/** Sources whose number of series is remembered. */
const MAX_COUNTS = 10_000

/**
 * How many times as far from normal as the alarm line one series of many must be by itself. Among n series, what is as rare
 * as an alarm of one series is n times as rare in each; departures of n times that rarity are about the cube root of n as
 * large, where their tail is as heavy as the tails of server metrics are. Of two series, the square root of it will do.
 */
const EXPONENT = 1 / 3

const DEVIATIONS = 'deviations'

export const asksCorroboration = ({ params }: Pick<Rule, 'params'>): boolean => params.corroborate === true

interface Deps {
  store: Pick<Store, 'settings' | 'series'>
}

/** The time of the newest deviation of each series, by source. */
type Deviations = Map<string, Map<number, number>>

export function createCorroboration({ store }: Deps): Corroboration {
  let deviations: Deviations | undefined
  let isChanged = false
  let newest = 0
  const counts = new Map<string, { series: number; until: number }>()

  function seriesOf(source: string, time: number): number {
    const known = counts.get(source)
    if (known && time < known.until) return known.series
    if (counts.size >= MAX_COUNTS) counts.clear()
    const series = store.series.ofSource(source, { drill: false }).length
    counts.set(source, { series, until: time + WINDOW })
    return series
  }

  /** Other series of the source that deviate at about this time. */
  function companions({ source, seriesId, time }: Anomaly['sample']): number {
    deviations ??= readFrom(store.settings.get(DEVIATIONS))
    const ofSource = deviations.get(source) ?? new Map<number, number>()
    deviations.set(source, ofSource)
    newest = Math.max(newest, time)
    for (const [each, at] of ofSource) if (time - at > WINDOW) ofSource.delete(each)
    ofSource.set(seriesId, time)
    isChanged = true
    return ofSource.size - 1
  }

  function isAlone({ sample, verdict, run }: Anomaly): boolean {
    const series = seriesOf(sample.source, sample.time)
    const far = series ** EXPONENT
    const ratio = ratioOf(verdict)
    const others = ratio >= Math.sqrt(far) ? companions(sample) : 0
    if (run.lasting >= LASTS || others >= Math.ceil(series / SERIES_PER_COMPANION)) return false
    return ratio < far || (series > 1 && run.count < MIN_SAMPLES)
  }

  return {
    check(transition) {
      if (transition.kind !== 'anomaly' || !asksCorroboration(transition.rule)) return transition
      return { ...transition, alone: isAlone(transition) }
    },
    save() {
      if (!isChanged || !deviations) return
      const recent = [...deviations].filter(([, times]) => newest - Math.max(...times.values()) <= WINDOW)
      deviations = new Map(recent)
      store.settings.set(DEVIATIONS, JSON.stringify(recent.map(([source, times]) => [source, [...times]])))
      isChanged = false
    },
    reset: () => (deviations = undefined),
  }
}

const readFrom = (saved: string | undefined): Deviations =>
  new Map(
    (JSON.parse(saved ?? '[]') as [string, [number, number][]][]).map(([source, times]) => [source, new Map(times)]),
  )
