import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodePoints,
  decodeSegment,
  encodeSegment,
  type Segment,
} from '../../../../electron/core/store/samples/block-codec.ts'
import { NO_METADATA, type SampleMetadata } from '../../../../electron/core/store/head/head.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const anyValue = fc.oneof(
  finite,
  fc.integer(),
  fc.maxSafeInteger(),
  fc.integer().map((cents) => cents / 100),
  fc.constantFrom(Number.MAX_VALUE, Number.MIN_VALUE, -Number.MAX_VALUE, 2 ** 50, 2 ** 50 + 1, 1e-9, 1e-10, 0.1 + 0.2),
)
const anyMetadata: fc.Arbitrary<SampleMetadata> = fc.record({
  unit: fc.option(fc.string({ unit: 'grapheme' })),
  serverId: fc.option(fc.maxSafeInteger()),
  tags: fc.option(fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean()))),
})
const anySample = fc.record({
  step: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100_000 })),
  time: fc.oneof(
    fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
    fc.integer({ min: -(2 ** 49), max: 2 ** 49 }),
  ),
  value: anyValue,
  metadata: fc.oneof({ weight: 4, arbitrary: fc.constant(NO_METADATA) }, anyMetadata),
})

const segmentOf = (samples: { step: number; time: number; value: number; metadata: SampleMetadata }[]): Segment => {
  let id = 0
  return {
    ids: samples.map(({ step }) => (id += step)),
    times: samples.map(({ time }) => time),
    values: samples.map(({ value }) => value),
    metadata: samples.map(({ metadata }) => metadata),
  }
}

const plain = (segment: Segment): unknown => JSON.parse(JSON.stringify(segment))

test('everything is decoded to the last bit', () => {
  fc.assert(
    fc.property(fc.array(anySample, { minLength: 1, maxLength: 60 }), (samples) => {
      const segment = segmentOf(samples)
      const back = decodeSegment(encodeSegment(segment))
      expect({ ...back, metadata: null }).toEqual({ ...segment, metadata: null })
      expect(plain(back)).toEqual(plain(segment))
      expect(decodePoints(encodeSegment(segment))).toEqual({ times: segment.times, values: segment.values })
    }),
    { numRuns: 500 },
  )
})

test('decimals of one length come back to the last bit, however they were computed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.array(fc.integer(), { minLength: 1 }), (digits, integers) => {
      const values = integers
        .flatMap((integer) => [integer / 10 ** digits, Number(`${integer}e-${digits}`)])
        .map((value) => value + 0)
      const segment = segmentOf(values.map((value, i) => ({ step: 1, time: i, value, metadata: NO_METADATA })))
      expect(decodePoints(encodeSegment(segment)).values).toEqual(values)
    }),
  )
})

test('a steady series of percentages takes less than two bytes for each sample', () => {
  const samples = Array.from({ length: 1000 }, (_, i) => ({
    step: 30,
    time: 1_790_000_000_000 + i * 5000,
    value: Math.round(500 + 200 * Math.sin(i / 50) + ((i * 7919) % 31)) / 10,
    metadata: { unit: '%', serverId: null, tags: null },
  }))
  expect(encodeSegment(segmentOf(samples)).length).toBeLessThan(2000)
})
