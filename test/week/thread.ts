// A thread that lives the weeks of the seeds that it is given, one after the other, and tells what each came to.
import { parentPort, workerData } from 'node:worker_threads'
import { BEGIN } from './calendar.ts'
import { takeOverTime } from './clock.ts'
import { createHome, createOffice, type House } from './houses.ts'
import { live } from './live.ts'
import { createJudge, type Outcome } from './outcome.ts'

const clock = takeOverTime(BEGIN)

for (const seed of workerData as number[])
  parentPort!.postMessage([await outcomeOf(seed, createOffice(seed)), await outcomeOf(seed, createHome(seed))])

async function outcomeOf(seed: number, house: House): Promise<Outcome> {
  const judge = createJudge(house.faults)
  return judge.outcome(seed, house.name, await live(house, clock, judge.hear))
}
