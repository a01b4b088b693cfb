// Rollups by minute or hour, encoded like samples.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { readSteps, readValues, writeSteps, writeValues } from './block-codec.ts'
import { createReader, createWriter } from './bytes.ts'

/** The samples of a series in one time span, summarized. */
export interface Rollups {
  /** Times of the first and the last sample, in milliseconds since 1970. */
  from: number
  to: number
  count: number
  min: number
  max: number
  total: number
}

const joined = (one: Rollups, other: Rollups): Rollups => ({
  from: Math.min(one.from, other.from),
  to: Math.max(one.to, other.to),
  count: one.count + other.count,
  min: Math.min(one.min, other.min),
  max: Math.max(one.max, other.max),
  total: bounded(one.total + other.total),
})

export const totalOf = (values: readonly number[]): number => values.reduce((sum, value) => bounded(sum + value), 0)

/** Clamps a sum to the range of a double. */
export const bounded = (sum: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, sum))

/** One for each span of this width (milliseconds) that has samples, in the order of time. */
export function rollupsBy(span: number, parts: Iterable<Rollups>): Rollups[] {
  const bySpan = new Map<number, Rollups>()
  for (const part of parts) {
    const start = Math.floor(part.from / span)
    const known = bySpan.get(start)
    bySpan.set(start, known ? joined(known, part) : part)
  }
  return [...bySpan.values()].toSorted((one, other) => one.from - other.from)
}

export function encodeRollups(rollups: readonly Rollups[]): Buffer {
  const writer = createWriter(rollups.length * 24)
  writer.number(rollups.length)
  writeSteps(
    writer,
    rollups.map(({ from }) => from),
  )
  for (const { from, to, count } of rollups) {
    writer.number(to - from)
    writer.number(count)
  }
  for (const column of ['min', 'max', 'total'] as const)
    writeValues(
      writer,
      rollups.map((each) => each[column]),
    )
  return deflateRawSync(writer.bytes())
}

export function decodeRollups(data: Uint8Array): Rollups[] {
  const reader = createReader(inflateRawSync(data))
  const size = reader.number()
  const froms = readSteps(reader, size)
  const spans = froms.map((from) => ({ from, to: from + reader.number(), count: reader.number() }))
  const [min, max, total] = [readValues(reader, size), readValues(reader, size), readValues(reader, size)]
  return spans.map((span, i) => ({ ...span, min: min[i]!, max: max[i]!, total: total[i]! }))
}
