// The engineer's own machine, with what its host agent posts: a person works on it on weekdays, with builds, a browser
// and video calls, and on some evenings there is a film.
import { createWander, type Chance } from '../support/chance.ts'
import { DAYS, HOUR, isInOne, isWorkday, MINUTE, type Span } from './calendar.ts'
import { count, createDisk, fine, nightlyBackups, percent, type Machine } from './machine.ts'

export interface Workstation extends Machine {
  /** When somebody uses it. */
  used: readonly Span[]
}

export function createWorkstation(source: string, chance: Chance): Workstation {
  const work = workOf(chance)
  const builds = scattered(chance, work, 1.2, () => Math.min(25, chance.logNormal(3, 0.8)))
  const calls = scattered(chance, work, 0.25, () => chance.between(20, 60))
  const downloads = scattered(chance, work, 0.4, () => chance.between(1, 10))
  const films = DAYS.filter(() => chance.happens(0.3)).map((midnight) => ({
    from: midnight + chance.between(19.5, 20.5) * HOUR,
    to: midnight + chance.between(21.5, 22.5) * HOUR,
  }))
  const updates = { from: DAYS[chance.whole(1, 5)]! + 4 * HOUR, to: 0 }
  updates.to = updates.from + chance.between(5, 15) * MINUTE
  const backups = nightlyBackups(chance)
  const [disk, home] = [createDisk(chance), createDisk(chance)]
  const cores = chance.pick([8, 12, 16])
  const atRest = chance.between(22, 35)
  const wander = createWander(chance, 0.98)
  let memory = atRest
  let swap = 0
  return {
    source,
    used: [...work, ...films],
    readingsAt(time, trouble) {
      const is = (spans: readonly Span[]) => Number(isInOne(time, spans))
      const [working, building, calling, loading] = [is(work), is(builds), is(calls), is(downloads)]
      const [filming, backing, updating] = [is(films), is(backups), is([updates])]
      const browsing = working * chance.logNormal(5, 0.7)
      const used = Math.min(
        100,
        1.5 +
          Math.abs(chance.normal()) +
          browsing +
          94 * building +
          14 * calling +
          7 * filming +
          22 * backing +
          30 * updating,
      )
      memory += (atRest + 22 * working + 9 * building + 5 * filming + 3 * wander() - memory) * 0.05
      swap = Math.max(swap, memory > atRest + 30 ? chance.between(0, 4) : 0)
      const [received, sent] = [chance.logNormal(800, 0.9), chance.logNormal(400, 0.8)]
      return {
        CPU: percent(trouble.isStuck ? 100 : used),
        LOAD: fine((used / 100) * cores * chance.between(0.8, 1.3)),
        MEMORY: percent(memory + trouble.leaked + 0.2 * chance.normal()),
        SWAP: percent(swap),
        'NETWORK_IN{interface="eth0"}': count(
          received * (1 + 40 * working) +
            1.6e7 * loading * chance.between(0.6, 1) +
            4e5 * calling * chance.between(0.8, 1.2) +
            9e5 * filming * chance.between(0.5, 1.5) +
            6e6 * updating,
        ),
        'NETWORK_OUT{interface="eth0"}': count(
          sent * (1 + 15 * working) +
            3.5e5 * calling * chance.between(0.8, 1.2) +
            2.5e7 * backing * chance.between(0.8, 1.1),
        ),
        IO_READ: count(
          chance.logNormal(2e3, 1.5) * (1 + 30 * working) +
            6e6 * building * chance.logNormal(1, 0.5) +
            5e7 * backing * chance.between(0.7, 1.1),
        ),
        IO_WRITE: count(
          chance.logNormal(3e4, 0.6) * (1 + 3 * working) +
            2e7 * building * chance.logNormal(1, 0.5) +
            1.5e7 * loading * chance.between(0.6, 1) +
            8e6 * updating,
        ),
        'DISK{mount="/"}': percent(disk(time) + trouble.filled),
        'DISK{mount="/home"}': percent(home(time)),
      }
    },
  }
}

/** From about nine to about six on weekdays, with a break for lunch. */
const workOf = (chance: Chance): Span[] =>
  DAYS.filter(isWorkday).flatMap((midnight) => {
    const noon = midnight + chance.between(11.8, 13) * HOUR
    return [
      { from: midnight + chance.between(8.3, 9.6) * HOUR, to: noon },
      { from: noon + chance.between(30, 70) * MINUTE, to: midnight + chance.between(17, 18.8) * HOUR },
    ]
  })

/** So many an hour within other spans. */
const scattered = (chance: Chance, within: readonly Span[], perHour: number, minutes: () => number): Span[] =>
  within.flatMap(({ from, to }) =>
    Array.from({ length: Math.round(((to - from) / HOUR) * perHour * chance.between(0.5, 1.5)) }, () => {
      const begin = chance.between(from, to)
      return { from: begin, to: begin + minutes() * MINUTE }
    }),
  )
