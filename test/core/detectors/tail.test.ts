// The histogram of departures.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Tail } from '../../../electron/core/detectors/adaptive/tail.ts'

const tailOf = (sizes: readonly number[], kept = 1) => {
  const tail = new Tail()
  for (const size of sizes) tail.push(size, kept)
  return tail
}

describe('the size that a share exceeds', () => {
  it('is the quantile, to the width of a bin', () => {
    const sizes = Array.from({ length: 10_000 }, (_, index) => ((index * 7919) % 10_000) + 1)
    const tail = tailOf(sizes)
    for (const share of [0.5, 0.1, 0.01, 0.001])
      expect(Math.abs(Math.log2(tail.exceededBy(share) / (10_000 * (1 - share))))).toBeLessThan(0.25)
  })

  it('lies within a bin of the exact quantile, whatever the sizes and their order', () => {
    const size = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e5, noNaN: true }))
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (sizes, share) => {
          const sorted = sizes.toSorted((one, other) => other - one)
          const exact = sorted[Math.min(sizes.length - 1, Math.max(0, Math.ceil(share * sizes.length - 1e-9) - 1))]!
          const found = tailOf(sizes).exceededBy(share)
          expect(found).toBeGreaterThanOrEqual(exact / 2 ** 0.26)
          expect(found).toBeLessThanOrEqual(exact * 2 ** 0.26)
        },
      ),
    )
  })

  it('is zero if nearly all deviations are zero', () => {
    expect(tailOf([]).exceededBy(0.5)).toBe(0)
    expect(tailOf([...Array(99).fill(0), 5]).exceededBy(0.02)).toBe(0)
    expect(tailOf([...Array(99).fill(0), 5]).exceededBy(0.005)).toBeCloseTo(5, 0)
  })

  it('holds over all sizes of doubles', () => {
    for (const scale of [1e-300, 1e-12, 1, 1e12, 1e150])
      expect(
        tailOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((size) => size * scale)).exceededBy(0.3) / (8 * scale),
      ).toBeCloseTo(1, 0.5)
  })

  it('follows a series whose departures grow a million times', () => {
    const tail = tailOf(Array(1000).fill(1))
    for (let i = 0; i < 1000; i++) tail.push(1e6, 1)
    expect(tail.exceededBy(0.4)).toBeGreaterThan(8e5)
    expect(tail.exceededBy(0.6)).toBeLessThan(2)
  })
})

it('decays: half of the weight is gone after the half-life', () => {
  const tail = tailOf(Array(1000).fill(100))
  for (let i = 0; i < 1000; i++) tail.push(1, 2 ** (-1 / 1000))
  // 1,000 old ones count half, the new ones 1/ln 2 · 1000 · (1 − 1/2) = 721.
  expect(tail.exceededBy(0.39)).toBeGreaterThan(80)
  expect(tail.exceededBy(0.43)).toBeLessThan(2)
})

it('goes on from its state as if nothing had happened, also past the rescaling of weights', () => {
  let tail = new Tail()
  const twin = new Tail()
  for (let i = 0; i < 3000; i++) {
    const size = Math.abs(Math.sin(i) * 1000)
    tail.push(size, 0.9)
    twin.push(size, 0.9)
    if (i % 500 === 0) tail = new Tail(JSON.parse(JSON.stringify(tail.state())))
    expect(tail.exceededBy(0.05)).toBe(twin.exceededBy(0.05))
  }
  expect(twin.exceededBy(0.01)).toBeGreaterThan(0)
})
