// The two scenarios of a week: an office with a workstation that stays on and watches ten servers day and night, and a
// laptop that monitors itself and sleeps when nobody uses it.
import type { SampleIn } from '../../shared/schemas/sample.ts'
import { createChance, type Chance } from '../support/chance.ts'
import { isInOne, MINUTE, SERVER_READING } from './calendar.ts'
import { plantFaults, troubleOf, type Fault } from './faults.ts'
import type { Machine } from './machine.ts'
import { createServer, KINDS, type Kind } from './server.ts'
import { createWorkstation } from './workstation.ts'

export interface Scenario {
  name: 'office' | 'home'
  faults: readonly Fault[]
  isAsleep(time: number): boolean
  /** What agents post in the minute that begins then; must be asked in the order of time. */
  postingsAt(time: number): SampleIn[]
}

interface Watched {
  machine: Machine
  /** Minutes from one reading to the next. */
  every: number
}

export function createOffice(seed: number): Scenario {
  const chance = createChance(seed)
  const kinds: Kind[] = [...KINDS, 'web', 'web', 'database', 'queue', ...chance.shuffled(KINDS).slice(0, 2)]
  const servers = new Map(kinds.map((kind, index) => [`${kind}-${index + 1}`, kind]))
  const faults = plantFaults(chance.branch(), servers)
  const watched = Array.from(servers, ([source, kind]) => ({
    machine: createServer(kind, source, chance.branch()),
    every: SERVER_READING / MINUTE,
  }))
  watched.push({ machine: createWorkstation('workstation', chance.branch()), every: 1 })
  return { name: 'office', faults, isAsleep: () => false, postingsAt: createAgents(watched, faults, chance.branch()) }
}

export function createHome(seed: number): Scenario {
  const chance = createChance(seed)
  const laptop = createWorkstation('laptop', chance.branch())
  const open = laptop.used.map(({ from, to }) => ({
    from: from - chance.between(1, 10) * MINUTE,
    to: to + chance.between(1, 40) * MINUTE,
  }))
  return {
    name: 'home',
    faults: [],
    isAsleep: (time) => !isInOne(time, open),
    postingsAt: createAgents([{ machine: laptop, every: 1 }], [], chance.branch()),
  }
}

/** Of all readings, so many get lost, and so many come after the one that followed. */
const LOST = 0.003
const LATE = 0.001

function createAgents(watched: readonly Watched[], faults: readonly Fault[], chance: Chance) {
  let late: SampleIn[] = []
  return (time: number): SampleIn[] => {
    const [postings, delayed] = [[] as SampleIn[], late]
    late = []
    for (const { machine, every } of watched) {
      if ((time / MINUTE) % every !== 0) continue
      const trouble = troubleOf(machine.source, faults, time)
      const samples = samplesOf(machine.source, machine.readingsAt(time, trouble), time)
      if (trouble.isSilent || chance.happens(LOST)) continue
      if (chance.happens(LATE)) late.push(...samples)
      else postings.push(...samples)
    }
    return [...postings, ...delayed]
  }
}

function samplesOf(source: string, readings: Record<string, number>, time: number): SampleIn[] {
  const recorded_at = new Date(time).toISOString()
  return Object.entries(readings).map(([metric_type, value]) => ({ source, metric_type, value, recorded_at }))
}
