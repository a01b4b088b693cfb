import { describe, expect, it } from 'vitest'
import { parseChange } from '../../renderer/api/parseChange.ts'
import { palettes } from '../../renderer/ui/theme/palette.ts'
import { rangeDatasets } from '../../renderer/features/charts/dataset.ts'
import { LINE_STYLES } from '../../renderer/features/charts/lineStyles.ts'
import { nearestIndex } from '../../renderer/features/charts/nearestPerSeries.ts'
import { isolatedPoints, commonUnit, maxLineGap, computeStatistics } from '../../renderer/features/charts/statistics.ts'
import { fitToPoints } from '../../renderer/features/charts/span.ts'
import { chartWindow } from '../../renderer/features/events/detail/chartWindow.ts'
import { eventOf, START } from './event-of.ts'
import { MINUTE, toIso } from '../../shared/domain/time.ts'

const points = (...values: [number, number][]) => values.map(([x, y], id) => ({ id, x, y }))

describe('the statistics of a chart', () => {
  it('are undefined without samples', () => {
    expect(computeStatistics([])).toBeUndefined()
  })

  it('are min, max, mean and latest', () => {
    expect(computeStatistics(points([0, 4], [1, -2], [2, 1]))).toEqual({
      count: 3,
      min: -2,
      max: 4,
      mean: 1,
      latest: 1,
    })
  })

  it('are those of the samples if points are means', () => {
    const means = [
      { id: 0, x: 0, y: 10, count: 3, min: 2, max: 20 },
      { id: 1, x: 1, y: 6, count: 1, min: 6, max: 6, latest: 7 },
    ]
    expect(computeStatistics(means)).toEqual({ count: 4, min: 2, max: 20, mean: 9, latest: 7 })
  })

  it('draw the range of means from its upper to its lower edge', () => {
    const means = [{ id: 0, x: 5, y: 10, count: 3, min: 2, max: 20 }, ...points([7, 8])]
    const edges = rangeDatasets(means, { colour: 'red', from: 0, to: 10 })
    expect(edges.map(({ fill }) => fill)).toEqual(['+1', false])
    expect(edges.map(({ data }) => data.map(({ x, y }) => [x, y]))).toEqual([
      [
        [5, 20],
        [7, 8],
      ],
      [
        [5, 2],
        [7, 8],
      ],
    ])
  })

  it('treat four times the median distance, at least a second, as a gap', () => {
    expect(maxLineGap(points([0, 1], [5000, 1], [10_000, 1], [100_000, 1]))).toBe(20_000)
    expect(maxLineGap(points([0, 1], [10, 1], [20, 1]))).toBe(1000)
    expect(maxLineGap(points([0, 1]))).toBe(1000)
  })
})

describe('several lines on one chart', () => {
  it('share a unit only if all have the same', () => {
    const units = (...all: (string | null)[]) => commonUnit(all.map((unit) => ({ unit })))
    expect(units('ms', 'ms')).toBe('ms')
    expect(units('ms', '%')).toBeUndefined()
    expect(units('ms', null)).toBeUndefined()
    expect(units('', null)).toBeNull()
  })

  it('show isolated samples as points', () => {
    expect([...isolatedPoints(points([0, 1], [1000, 1], [9000, 1], [20_000, 1], [21_000, 1]), 2000)]).toEqual([2])
    expect([...isolatedPoints(points([0, 1]), 2000)]).toEqual([0])
  })

  it('each find the sample nearest to the pointer, within a limit', () => {
    const elements = [{ x: 10 }, { x: 20 }, { x: 40 }]
    expect([0, 14, 16, 56, 57].map((x) => nearestIndex(elements, x, 16))).toEqual([0, 0, 1, 2, -1])
    expect(nearestIndex([], 5, 16)).toBe(-1)
  })

  it('differ in colour, in both themes, and in dashes', () => {
    const different = (all: readonly unknown[]) => new Set(all.map(String)).size
    expect(different(LINE_STYLES.map(({ dash }) => dash))).toBe(LINE_STYLES.length)
    for (const palette of [palettes.light, palettes.dark]) {
      expect(different(LINE_STYLES.map(({ colour }) => palette[colour]))).toBe(LINE_STYLES.length)
      for (const { colour } of LINE_STYLES) expect(contrast(palette[colour], palette.surface)).toBeGreaterThan(3)
    }
  })
})

/** As WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
  }
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light! + 0.05) / (dark! + 0.05)
}

describe('the time range around an event', () => {
  const at = (minutes: number) => toIso(START + minutes * MINUTE)
  const during = (minutes: number) => eventOf(1, { detected_at: at(0), last_seen_at: at(minutes) })

  it('has 15 minutes on both sides, up to now', () => {
    expect(chartWindow(during(2), START + 5 * MINUTE)).toEqual({ from: START - 15 * MINUTE, to: START + 5 * MINUTE })
    expect(chartWindow(during(2), START + 500 * MINUTE)).toEqual({ from: START - 15 * MINUTE, to: START + 17 * MINUTE })
  })

  it('grows with the event in few steps, up to six hours', () => {
    const margin = (minutes: number) => (START - chartWindow(during(minutes), START).from) / MINUTE
    expect([30, 31, 60, 61, 400, 3000].map(margin)).toEqual([15, 30, 30, 60, 360, 360])
  })

  it('contains the end of an event ahead of this clock', () => {
    expect(chartWindow(during(2), START).to).toBe(START + 2 * MINUTE)
  })

  it('fits the samples of a drill', () => {
    const span = { from: 0, to: 9 }
    expect(fitToPoints(points([100_000, 1], [200_000, 1]), span)).toEqual({ from: 95_000, to: 205_000 })
    expect(fitToPoints([], span)).toBe(span)
  })
})

describe('a message of the stream', () => {
  it('becomes a change', () => {
    const event = eventOf(7)
    expect(parseChange('event_updated', '12', JSON.stringify(event))).toEqual({ id: 12, kind: 'event_updated', event })
  })

  it.each([
    ['an unknown kind', 'other', '12', eventOf(7)],
    ['no id', 'event_updated', '', eventOf(7)],
    ['half an event', 'event_updated', '12', { id: 7 }],
  ])('with %s is none', (_, kind, id, event) => {
    expect(parseChange(kind, id, JSON.stringify(event))).toBeUndefined()
    expect(parseChange(kind, id, '{')).toBeUndefined()
  })
})
