import { expect, it } from 'vitest'
import { newestDrillSamples } from '../../renderer/features/simulate/newestDrillSamples.ts'

it('a drill that overlaps an earlier one is separated, in order of time', () => {
  const earlier = [1, 2, 3].map((id) => ({ id, x: id * 10, y: 1 }))
  const later = [4, 5, 6].map((id) => ({ id, x: (id - 3) * 10 + 5, y: 2 }))
  const all = [...earlier, ...later].toSorted((one, other) => one.x - other.x)
  expect(newestDrillSamples(all, 3)).toEqual(later)
})
