import { describe, expect, it } from 'vitest'
import {
  isFull,
  MOST_DRAWN,
  placed,
  placeOf,
  settled,
  toggled,
  type Drawn,
} from '../../renderer/features/series/drawn.ts'

const series = (source: string) => ({ source, metricType: 'CPU' })
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(series) as [ReturnType<typeof series>, ...ReturnType<typeof series>[]]
const sources = (drawn: Drawn) => drawn.map((each) => each?.source ?? '-').join('')

describe('the series on the chart', () => {
  it('come one after the other, each on a place of its own', () => {
    const drawn = [a, b!, c!].reduce<Drawn>(toggled, [])
    expect(placed(drawn).map(({ source, place }) => [source, place])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ])
    expect(placeOf(drawn, c!)).toBe(2)
    expect(placeOf(drawn, d!)).toBe(-1)
  })

  it('are told apart by both names, exactly', () => {
    expect(placeOf([a], { source: 'a', metricType: 'cpu' })).toBe(-1)
    expect(placeOf([a], { source: 'A', metricType: 'CPU' })).toBe(-1)
  })

  it('keep their places when another leaves, and the next one fills the gap', () => {
    const without = toggled([a, b!, c!], a)
    expect(sources(without)).toBe('-bc')
    expect(sources(toggled(without, d!))).toBe('dbc')
    expect(sources(toggled([a, b!, c!], c!))).toBe('ab')
  })

  it('leave the last one the first place', () => {
    expect(sources(toggled([a, b!], a))).toBe('b')
    expect(toggled([a], a)).toEqual([])
  })

  it('are six at most', () => {
    const full = Array.from({ length: MOST_DRAWN }, (_, index) => series(String(index)))
    expect(isFull(full)).toBe(true)
    expect(toggled(full, a)).toBe(full)
    expect(isFull(toggled(full, full[2]!))).toBe(false)
    expect(settled([...full, a])).toEqual(full)
    expect(MOST_DRAWN).toBe(6)
  })

  it('are cleared of what an address says twice or leaves empty', () => {
    expect(sources(settled([a, a, b!, undefined]))).toBe('a-b')
    expect(sources(settled([undefined, a]))).toBe('a')
    expect(settled([undefined])).toEqual([])
  })
})
