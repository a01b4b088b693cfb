// What a machine of many channels costs an engineer: incidents a day, and how many faults are among them. Evaluated by the
// catch-all rule as it ships, with what holds its false alarms per source, and grouped into incidents as live events are.
import { createCorroboration } from '../electron/core/detection/corroboration.ts'
import { Watch } from '../electron/core/detection/watch.ts'
import { prepareDetector } from '../electron/core/detectors/registry.ts'
import { createEventTracker } from '../electron/core/events/event-tracker.ts'
import { DEFAULT_RULES } from '../electron/core/rules/default-rules.ts'
import type { StoredRule } from '../electron/core/store/types/rules.ts'
import { table } from './figures.ts'
import { createMachine, type Machine } from './synthetic/machine.ts'

const DAY = 86_400_000
const MINUTE = 60_000
/** As incidents are formed: what recurs so soon joins, up to a day after the first. */
const REJOIN = 10 * MINUTE
/** An event so long after a fault still belongs to it. */
const LATE = 15 * MINUTE

interface Score {
  perDay: number
  firstDay: number
  found: number
  faults: number
  /** Of the incidents, how many are of a fault. */
  precision: number
}

interface Incident {
  first: number
  /** When its last event ended; infinite while one is live. */
  ended: number
  live: number
}

/** @returns the means, and the share of all faults that was found */
export function reportMachines(seeds: readonly number[]): Pick<Score, 'perDay' | 'firstDay' | 'found'> {
  const machines = seeds.map(createMachine)
  const [scores, unheld] = [true, false].map((isHeld) => machines.map((machine) => scoreMachine(machine, isHeld)))
  const cells = ({ perDay, firstDay, found, faults, precision }: Score) => [
    perDay.toFixed(2),
    firstDay.toFixed(1),
    `${found}/${faults}`,
    precision.toFixed(2),
  ]
  const rows = scores!.map((score, index) => [`machine ${seeds[index]}`, ...cells(score)])
  const means = [
    ['mean', ...cells(meanOf(scores!))],
    ['mean, if no series waits', ...cells(meanOf(unheld!))],
  ]
  console.log(table([['', 'incidents a day', 'on day 1', 'faults found', 'precision'], ...rows, ...means]))
  const mean = meanOf(scores!)
  return { ...mean, found: mean.found / mean.faults }
}

/** Of faults, the sums. */
function meanOf(scores: readonly Score[]): Score {
  const sum = (figure: keyof Score) => scores.reduce((total, score) => total + score[figure], 0)
  const mean = (figure: keyof Score) => sum(figure) / scores.length
  return {
    perDay: mean('perDay'),
    firstDay: mean('firstDay'),
    found: sum('found'),
    faults: sum('faults'),
    precision: mean('precision'),
  }
}

function scoreMachine(machine: Machine, isCorroborated: boolean): Score {
  const incidents = incidentsOf(machine, isCorroborated)
  const [start] = machine.times
  const isFault = ({ first, ended }: Incident) =>
    machine.faults.some(({ from, to }) => first <= to + LATE && ended >= from)
  const later = incidents.filter(({ first }) => first >= start! + DAY)
  const raised = (from: number, to: number) => incidents.some(({ first, ended }) => first <= to + LATE && ended >= from)
  return {
    perDay: later.length / ((machine.times.at(-1)! - start!) / DAY - 1),
    firstDay: incidents.length - later.length,
    found: machine.faults.filter(({ from, to }) => raised(from, to)).length,
    faults: machine.faults.length,
    precision: later.filter(isFault).length / Math.max(1, later.length),
  }
}

function incidentsOf({ channels, times, values }: Machine, isCorroborated: boolean): Incident[] {
  const shipped = DEFAULT_RULES.find(({ name }) => name === 'Unusual value')!
  const rule = { ...shipped, threshold: null, params: { ...shipped.params, time_zone: 'UTC' } } as unknown as StoredRule
  const detector = prepareDetector(rule)
  const watched = Array.from({ length: channels }, () => ({
    watch: new Watch(detector, rule),
    tracker: createEventTracker(),
    isLive: false,
  }))
  const corroboration = createCorroboration({ store: storeOf(channels) })
  const incidents: Incident[] = []
  for (let row = 0; row < times.length; row++)
    for (const [channel, { watch, tracker }] of watched.entries()) {
      const time = times[row]!
      const sample = {
        ...SAMPLE,
        id: row * channels + channel + 1,
        seriesId: channel,
        time,
        value: values[channel]![row]!,
      }
      const verdict = watch.evaluate(sample)
      const kind = watch.transitionKind
      if (kind === null) continue
      const transition = watch.transitionOf(kind, rule, sample, verdict)
      const isRaised = tracker.apply(isCorroborated ? corroboration.check(transition) : transition)
      follow(incidents, watched[channel]!, isRaised, tracker.newest()?.status === 'OPEN', time)
    }
  return incidents
}

/** One source, so that all that is live at a time is one incident. */
function follow(incidents: Incident[], series: { isLive: boolean }, isRaised: boolean, isOpen: boolean, time: number) {
  const newest = incidents.at(-1)
  if (isRaised) {
    const isOver = !newest || (newest.live === 0 && time - newest.ended > REJOIN) || time - newest.first > DAY
    if (isOver) incidents.push({ first: time, ended: Infinity, live: 1 })
    else {
      newest.live += Number(!series.isLive)
      newest.ended = Infinity
    }
    series.isLive = true
  } else if (series.isLive && !isOpen) {
    series.isLive = false
    if (newest && --newest.live === 0) newest.ended = time
  }
}

const SAMPLE = { source: 'machine', metricType: '', unit: null, tags: null, serverId: null, drill: false, late: false }

const storeOf = (channels: number): Parameters<typeof createCorroboration>[0]['store'] => ({
  settings: { get: () => undefined, set: () => {} },
  series: { ofSource: () => Array.from({ length: channels }) } as never,
})
