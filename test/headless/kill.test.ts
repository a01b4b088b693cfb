// kill -9 under load on one data folder, at every named point and at random: every acknowledged sample is stored once and
// was evaluated once, no event is duplicated, a reader of the stream got every change once, and a deleted source is gone
// completely, and nothing else with it. `npm run test:kill` does this a few hundred times.
import { expect, it } from 'vitest'
import { POINT_NAMES } from './kill/points.ts'
import { killRounds } from './kill/rounds.ts'

it('loses and doubles nothing, wherever it is killed', async () => {
  const { at, samples, events, deletedSources } = await killRounds({ random: 1, named: 1, seed: Date.now() % 2 ** 31 })
  expect([...at.keys()].toSorted()).toEqual(POINT_NAMES.toSorted())
  expect(samples).toBeGreaterThan(1000)
  expect(events).toBeGreaterThan(50)
  expect(deletedSources.gone).toBeGreaterThan(5)
}, 300_000)
