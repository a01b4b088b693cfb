// Which incident an event belongs to. What breaks together is one incident, over all sources: an event joins a live one if
// it began within ten minutes of it, or if its source is a member or has moved together with a member before. Measured from
// the first onset, so that incidents never grow by a chain.
import { DAY, HOUR, MINUTE } from '../../../shared/domain/time.ts'
import type { IncidentStore } from '../store/types/incidents.ts'

/** Samples that come late change when an incident began for so long. */
const ONSET_SETTLES_AFTER = HOUR
/** Onsets this far from an incident's first one belong to it. */
const ONSET_WINDOW = 10 * MINUTE
/** What recurs so soon after an incident has ended belongs to it. */
const REJOIN_WINDOW = 10 * MINUTE
/** After so long nothing joins any more: whatever begins then is notified as new. */
const MAX_LIFE = DAY
/** Incidents in memory; of more, the oldest are closed. */
const MAX_REMEMBERED = 1000
/** How far back it counts that two sources moved together, and how long an answer holds. */
const COMPANIONS_SINCE = 60 * DAY
const COMPANIONS_TTL = HOUR

/** An event that is about to be raised. */
export interface Onset {
  source: string
  drill: boolean
  /** Milliseconds since 1970: by its samples, and by this machine's clock. */
  beganAt: number
  raisedAt: number
}

export interface Incidents {
  /** The incident that an event joins; null if it begins one. */
  toJoin(onset: Onset): number | null
  /** Hears of every event that was raised, with the incident that it has by now. */
  raised(onset: Onset, incidentId: number): void
  /** Forgets what it knows, after a write has failed. */
  forget(): void
}

interface Cluster {
  id: number
  drill: boolean
  firstOnset: number
  /** When its first event was raised. */
  raisedAt: number
  sources: Set<string>
}

export function createIncidents(store: Pick<IncidentStore, 'state' | 'recent' | 'companionsOf'>): Incidents {
  let clusters: Map<number, Cluster> | undefined
  const companions = new Map<string, { names: ReadonlySet<string>; at: number }>()

  /** Read from the events when it is first asked: those of the last day, and all that are live. */
  function load(now: number): Map<number, Cluster> {
    const found = new Map<number, Cluster>()
    for (const { incidentId, ...onset } of store.recent(now - MAX_LIFE)) add(found, onset, incidentId)
    return found
  }

  function companionsOf(source: string, now: number): ReadonlySet<string> {
    const known = companions.get(source)
    if (known && Math.abs(now - known.at) < COMPANIONS_TTL) return known.names
    if (companions.size >= MAX_REMEMBERED) companions.clear()
    const names = new Set(store.companionsOf(source, now - COMPANIONS_SINCE))
    companions.set(source, { names, at: now })
    return names
  }

  /** How an onset belongs to an incident: the smaller, the closer; undefined if it doesn't. */
  function distance(cluster: Cluster, { source, drill, beganAt }: Onset): number | undefined {
    const apart = Math.abs(beganAt - cluster.firstOnset)
    if (cluster.drill !== drill || apart > MAX_LIFE) return undefined
    if (drill) return cluster.sources.has(source) && apart <= ONSET_WINDOW ? apart : undefined
    if (cluster.sources.has(source)) return apart
    if (apart <= ONSET_WINDOW) return DAY + apart
    const names = companionsOf(source, beganAt)
    return [...cluster.sources].some((member) => names.has(member)) ? 2 * DAY + apart : undefined
  }

  /** A person who resolved all of it has ended it; what goes on is new. */
  function isJoinable({ id, drill }: Cluster, beganAt: number): boolean {
    const { isLive, endedAt, endedByPerson } = store.state(id)
    return isLive || (!drill && !endedByPerson && endedAt > 0 && beganAt - endedAt <= REJOIN_WINDOW)
  }

  return {
    toJoin(onset) {
      clusters ??= load(onset.beganAt)
      const near: { cluster: Cluster; apart: number }[] = []
      for (const cluster of clusters.values()) {
        const apart = distance(cluster, onset)
        if (apart !== undefined) near.push({ cluster, apart })
      }
      near.sort((one, other) => one.apart - other.apart || one.cluster.id - other.cluster.id)
      return near.find(({ cluster }) => isJoinable(cluster, onset.beganAt))?.cluster.id ?? null
    },
    raised(onset, incidentId) {
      clusters ??= load(onset.beganAt)
      add(clusters, onset, incidentId)
      if (clusters.size > MAX_REMEMBERED) clusters.delete(clusters.keys().next().value!)
    },
    forget: () => (clusters = undefined),
  }
}

function add(clusters: Map<number, Cluster>, { source, drill, beganAt, raisedAt }: Onset, id: number): void {
  const cluster = clusters.get(id) ?? { id, drill, firstOnset: beganAt, raisedAt, sources: new Set<string>() }
  if (raisedAt - cluster.raisedAt <= ONSET_SETTLES_AFTER) cluster.firstOnset = Math.min(cluster.firstOnset, beganAt)
  cluster.sources.add(source)
  clusters.set(id, cluster)
}
