import { describe, expect, it } from 'vitest'
import {
  isFull,
  MAX_CHARTED,
  occupiedSlots,
  slotOf,
  normalizeSlots,
  toggleSeries,
  type ChartSlots,
} from '../../renderer/features/series/chartedSeries.ts'

const series = (source: string) => ({ source, metricType: 'CPU' })
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(series) as [ReturnType<typeof series>, ...ReturnType<typeof series>[]]
const sources = (drawn: ChartSlots) => drawn.map((each) => each?.source ?? '-').join('')

describe('the series on the chart', () => {
  it('get one slot each, in order', () => {
    const drawn = [a, b!, c!].reduce<ChartSlots>(toggleSeries, [])
    expect(occupiedSlots(drawn).map(({ source, slot }) => [source, slot])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ])
    expect(slotOf(drawn, c!)).toBe(2)
    expect(slotOf(drawn, d!)).toBe(-1)
  })

  it('are identified by both names, exactly', () => {
    expect(slotOf([a], { source: 'a', metricType: 'cpu' })).toBe(-1)
    expect(slotOf([a], { source: 'A', metricType: 'CPU' })).toBe(-1)
  })

  it('keep their slots when another is removed, and the next one fills the gap', () => {
    const without = toggleSeries([a, b!, c!], a)
    expect(sources(without)).toBe('-bc')
    expect(sources(toggleSeries(without, d!))).toBe('dbc')
    expect(sources(toggleSeries([a, b!, c!], c!))).toBe('ab')
  })

  it('leave the first slot to the last one', () => {
    expect(sources(toggleSeries([a, b!], a))).toBe('b')
    expect(toggleSeries([a], a)).toEqual([])
  })

  it('are at most six', () => {
    const full = Array.from({ length: MAX_CHARTED }, (_, index) => series(String(index)))
    expect(isFull(full)).toBe(true)
    expect(toggleSeries(full, a)).toBe(full)
    expect(isFull(toggleSeries(full, full[2]!))).toBe(false)
    expect(normalizeSlots([...full, a])).toEqual(full)
    expect(MAX_CHARTED).toBe(6)
  })

  it('are cleared of duplicates and empty names in the URL', () => {
    expect(sources(normalizeSlots([a, a, b!, undefined]))).toBe('a-b')
    expect(sources(normalizeSlots([undefined, a]))).toBe('a')
    expect(normalizeSlots([undefined])).toEqual([])
  })
})
