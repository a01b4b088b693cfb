import { expect, test } from 'vitest'
import { toRates } from '../../renderer/features/charts/toRates.ts'

const points = (...pairs: [x: number, y: number][]) => pairs.map(([x, y], id) => ({ id, x, y }))

test('a counter is drawn by how much it rises per second', () => {
  expect(toRates(points([0, 100], [10_000, 150], [20_000, 150], [25_000, 160]))).toEqual([
    { id: 1, x: 10_000, y: 5 },
    { id: 2, x: 20_000, y: 0 },
    { id: 3, x: 25_000, y: 2 },
  ])
})

test('a fall is a reset, and samples of one time have no time between them', () => {
  expect(toRates(points([0, 100], [10_000, 30], [10_000, 40], [20_000, 80])).map(({ y }) => y)).toEqual([3, 4])
})

test('one sample has no rate', () => {
  expect(toRates(points([0, 1]))).toEqual([])
  expect(toRates([])).toEqual([])
})
