// A thread that runs the weeks of the given seeds, one after the other, and posts the outcome of each.
import { parentPort, workerData } from 'node:worker_threads'
import { BEGIN } from './calendar.ts'
import { takeOverTime } from './clock.ts'
import { createHome, createOffice, type Scenario } from './scenarios.ts'
import { live } from './live.ts'
import { createScorer, type Outcome } from './outcome.ts'

const clock = takeOverTime(BEGIN)

for (const seed of workerData as number[])
  parentPort!.postMessage([await outcomeOf(seed, createOffice(seed)), await outcomeOf(seed, createHome(seed))])

async function outcomeOf(seed: number, scenario: Scenario): Promise<Outcome> {
  const scorer = createScorer(scenario.faults)
  return scorer.outcome(seed, scenario.name, await live(scenario, clock, scorer.observe))
}
