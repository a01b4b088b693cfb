// `npm run test:kill`: a hundred rounds at random and five at each named point; the unit tests try a few.
import { parseArgs } from 'node:util'
import build from '../../support/build.ts'
import { killRounds } from './rounds.ts'

const HELP = `Kills a Tocsin under load with kill -9, again and again on one data folder, and looks whether anything is lost or double.

Usage: npm run test:kill -- [--random N] [--named N] [--seed N]

  --random N   rounds that end at a random moment (100; "npm test" tries 1), beside one before each kill in a migration
  --named N    rounds for each named point (5; "npm test" tries 1)
  --seed N     the same choices again; each run prints its own`

const { values } = parseArgs({
  options: {
    random: { type: 'string', default: '100' },
    named: { type: 'string', default: '5' },
    seed: { type: 'string' },
    help: { type: 'boolean' },
  },
})
if (values.help) console.log(HELP)
else await run()

async function run(): Promise<void> {
  await build()
  const seed = Number(values.seed ?? Date.now() % 2 ** 31)
  console.log(`seed ${seed}`)
  const { at, samples, events, changes, deletedSources } = await killRounds({
    random: Number(values.random),
    named: Number(values.named),
    seed,
    onRound: (done, of) => done % 10 === 0 && console.log(`${done} of ${of}`),
  })
  for (const [point, times] of at) console.log(`${String(times).padStart(4)} × ${point}`)
  console.log(
    `${deletedSources.gone} sources deleted completely; ${deletedSources.whole} are complete, since their deletion was not confirmed`,
  )
  console.log(`${samples} samples, each stored and evaluated once; ${events} events, published in ${changes} changes`)
}
