// kill -9 under load on one data folder, at every named point and at random: every sample that was acknowledged is there
// once and was judged once, no event is double, a reader of the stream heard of every change, once, and a source that was
// to be forgotten is gone whole, and nothing else with it. `npm run test:kill` does it a few hundred times.
import { expect, it } from 'vitest'
import { POINT_NAMES } from './kill/points.ts'
import { killRounds } from './kill/rounds.ts'

it('loses and doubles nothing, wherever it is killed', async () => {
  const { at, samples, events, leavers } = await killRounds({ random: 1, named: 1, seed: Date.now() % 2 ** 31 })
  expect([...at.keys()].toSorted()).toEqual(POINT_NAMES.toSorted())
  expect(samples).toBeGreaterThan(1000)
  expect(events).toBeGreaterThan(50)
  expect(leavers.gone).toBeGreaterThan(5)
}, 300_000)
