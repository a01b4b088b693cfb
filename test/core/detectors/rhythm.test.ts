// How often a series comes, whatever single steps say.
import { expect, it } from 'vitest'
import { Rhythm } from '../../../electron/core/detectors/rhythm.ts'
import { evaluate } from './evaluate.ts'

const START = 1_700_000_000_000
const rhythmOf = (steps: readonly number[]) => {
  const rhythm = new Rhythm()
  let time = START
  rhythm.add(time)
  for (const step of steps) rhythm.add((time += step))
  return { rhythm, time }
}
const repeat = (count: number, ...steps: number[]) => Array.from({ length: count }, () => steps).flat()

it('is the step of most samples', () => {
  expect(rhythmOf(repeat(20, 60_000)).rhythm.interval).toBe(60_000)
})

it('is one minute for two or thirty samples of one time each minute', () => {
  for (const simultaneous of [1, 29])
    expect(rhythmOf(repeat(20, 60_000, ...Array<number>(simultaneous).fill(0))).rhythm.interval).toBe(60_000)
})

it('is one minute for pairs a few milliseconds apart', () => {
  expect(rhythmOf(repeat(20, 59_997, 3)).rhythm.interval).toBeGreaterThan(59_000)
})

it('tolerates a first pair 50 ms apart', () => {
  const { rhythm, time } = rhythmOf([50])
  expect(rhythm.isGap(time + 60_000)).toBe(false)
  expect(rhythmOf([50, 60_000, 60_000]).rhythm.interval).toBe(60_000)
})

it('knows an agent changed from 1 s to 60 s after five samples', () => {
  expect(rhythmOf([...repeat(100, 1000), ...repeat(5, 60_000)]).rhythm.interval).toBe(60_000)
})

it('takes a long step for a gap, and not for the rhythm', () => {
  const { rhythm, time } = rhythmOf(repeat(20, 60_000))
  expect(rhythm.isGap(time + 600_001)).toBe(true)
  expect(rhythm.isGap(time + 600_000)).toBe(false)
  rhythm.add(time + 3_600_000)
  expect(rhythm.interval).toBe(60_000)
})

it('goes on from its saved state', () => {
  const { rhythm, time } = rhythmOf(repeat(5, 1000, 0, 7000))
  const again = new Rhythm(JSON.parse(JSON.stringify(rhythm.state())) as never)
  for (const each of [rhythm, again]) each.add(time + 500)
  expect(again.state()).toEqual(rhythm.state())
  expect(again.interval).toBe(rhythm.interval)
})

it('NO_DATA does not cry for thirty samples of one time each minute', () => {
  const times = Array.from({ length: 40 }, (_, minute) => Array<number>(30).fill(START + minute * 60_000)).flat()
  const verdicts = evaluate(
    'NO_DATA',
    [...times, times.at(-1)! + 90_000].map((time) => ({ time, value: 1 })),
  )
  expect(Math.max(...verdicts.map(({ score }) => score))).toBe(0)
})
