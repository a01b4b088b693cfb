import { describe, expect, it } from 'vitest'
import { displayedStep, medianGap, bucketsFor } from '../../renderer/features/charts/buckets.ts'
import { pointsQuery } from '../../shared/schemas/sample.ts'
import { DAY, HOUR, MINUTE, SECOND, toIso } from '../../shared/domain/time.ts'

const NOW = Date.UTC(2026, 0, 5, 12, 34, 56, 789)

const lastOf = (span: number, pixels = 700) => bucketsFor(NOW - span, NOW, pixels)

describe('buckets of a chart', () => {
  it.each([
    [15 * MINUTE, 2 * SECOND],
    [HOUR, 10 * SECOND],
    [6 * HOUR, MINUTE],
    [DAY, 3 * MINUTE],
    [7 * DAY, 15 * MINUTE],
    [30 * DAY, 2 * HOUR],
    [90 * DAY, 4 * HOUR],
    [365 * DAY, DAY],
    [3650 * DAY, 10 * DAY],
  ])('of %d ms are %d ms long, on no more pixels than there are', (span, step) => {
    expect(lastOf(span).step).toBe(step)
    expect(span / step).toBeLessThanOrEqual(700)
  })

  it('make valid requests for any span', () => {
    for (const span of [1, 15 * MINUTE, 32 * MINUTE, HOUR + 1, 50 * HOUR, 31 * DAY, 3650 * DAY])
      for (const pixels of [100, 500, 700, 1300, 3500]) {
        const { step, hours, points, until } = lastOf(span, pixels)
        const query = { metric_type: 'CPU', hours: String(hours), points: String(points), until: toIso(until) }
        expect(pointsQuery.safeParse(query).error).toBeUndefined()
        expect((hours * HOUR) / points).toBe(step)
        expect(hours * HOUR).toBeGreaterThanOrEqual(span)
      }
  })

  it('are on a fixed grid, and reach the requested end', () => {
    const early = bucketsFor(NOW - DAY, NOW, 700)
    expect(early.until).toBe(Date.UTC(2026, 0, 5, 12, 36) - 1)
    expect(bucketsFor(NOW - DAY + 5000, NOW + 5000, 700)).toEqual(early)
    expect(bucketsFor(NOW - DAY + early.step, NOW + early.step, 700).until).toBe(early.until + early.step)
    const onTheGrid = Date.UTC(2026, 0, 5, 12, 36)
    expect(bucketsFor(onTheGrid - DAY, onTheGrid, 700).until).toBeGreaterThan(onTheGrid)
  })

  it('are named by the stored length if it is coarser', () => {
    expect(displayedStep(2 * MINUTE, 2.1 * MINUTE)).toBe(2 * MINUTE)
    expect(displayedStep(2 * MINUTE, 10)).toBe(2 * MINUTE)
    expect(displayedStep(5 * SECOND, 59 * MINUTE)).toBe(HOUR)
    expect(displayedStep(3 * MINUTE, 6.1 * MINUTE)).toBe(6 * MINUTE)
  })

  it('have the median distance', () => {
    expect(medianGap([0, 5, 10, 400].map((x) => ({ x })))).toBe(5)
    expect(medianGap([{ x: 3 }])).toBeUndefined()
  })
})
