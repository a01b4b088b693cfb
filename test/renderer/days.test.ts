import { describe, expect, it } from 'vitest'
import { fillDays } from '../../renderer/features/summary/days.ts'

describe('the days of a trend', () => {
  it('are complete, also across a change of daylight saving time', () => {
    expect(fillDays({ '2026-03-29': 2 }, '2026-03-28', '2026-03-30')).toEqual([
      { day: '2026-03-28', count: 0 },
      { day: '2026-03-29', count: 2 },
      { day: '2026-03-30', count: 0 },
    ])
  })

  it('include every counted day, such as one that a fast clock put ahead', () => {
    const days = fillDays({ '2026-01-01': 1, '2026-01-05': 4 }, '2026-01-02', '2026-01-04')
    expect(days.map(({ count }) => count)).toEqual([1, 0, 0, 0, 4])
  })
})
