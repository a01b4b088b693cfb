// The codec of blocks: columns of small numbers, then DEFLATE (RFC 1951). Times and ids are stored as deltas of deltas
// (as in Gorilla: Pelkonen et al., VLDB 2015), which are nearly all 0 in a steady series. Values that are decimals with
// few digits become integers and their deltas (as in ALP: Afroozeh et al., SIGMOD 2023); others are XORed with the
// value before, byte by byte. Decoding is lossless.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { createReader, createWriter, type Reader, type Writer } from './bytes.ts'
import { NO_METADATA, type SampleMetadata } from '../head/head.ts'
import type { Columns } from '../types/samples.ts'

/** Columns of equal length, in the order of ids. Times are integers within ±2^50, ids within 2^50. */
export interface Segment {
  ids: number[]
  times: number[]
  /** Finite, no negative zero. */
  values: number[]
  metadata: SampleMetadata[]
}

type Numbers = number[] | Float64Array

const SCALES = Array.from({ length: 10 }, (_, digits) => 10 ** digits)
const AS_BITS = 255
/** Beyond it, a decimal and its deltas would not be exact. */
const MAX_INTEGER = 2 ** 50

export function encodeSegment({ ids, times, values, metadata }: Segment): Buffer {
  const writer = createWriter(values.length * 12)
  writer.number(values.length)
  writeSteps(writer, times)
  writeValues(writer, values)
  writeSteps(writer, ids)
  writeMetadata(writer, metadata)
  return deflateRawSync(writer.bytes())
}

export function decodeSegment(data: Uint8Array): Segment {
  const reader = createReader(inflateRawSync(data))
  const count = reader.number()
  const times = readSteps(reader, count)
  const values = readValues(reader, count)
  const ids = readSteps(reader, count)
  return { ids, times, values, metadata: readMetadata(reader, count) }
}

/** Only times and values, which takes half the time. */
export function decodePoints(data: Uint8Array): Pick<Segment, 'times' | 'values'> {
  const reader = createReader(inflateRawSync(data))
  const count = reader.number()
  const times = readSteps(reader, count)
  return { times, values: readValues(reader, count) }
}

/** As typed arrays, which can be transferred to a worker. */
export function decodeColumns(data: Uint8Array): Columns {
  const reader = createReader(inflateRawSync(data))
  const count = reader.number()
  const times = readSteps(reader, count, new Float64Array(count))
  const values = readValues(reader, count, new Float64Array(count))
  return { ids: readSteps(reader, count, new Float64Array(count)), times, values }
}

/** The first number, then the delta of each delta. */
export function writeSteps(writer: Writer, numbers: readonly number[]): void {
  let last = 0
  let step = 0
  numbers.forEach((number, i) => {
    writer.signed(number - last - step)
    step = i === 0 ? 0 : number - last
    last = number
  })
}

export function readSteps(reader: Reader, count: number): number[]
export function readSteps<T extends Numbers>(reader: Reader, count: number, into: T): T
export function readSteps(reader: Reader, count: number, into: Numbers = []): Numbers {
  let last = 0
  let step = 0
  for (let i = 0; i < count; i++) {
    const number = last + step + reader.signed()
    step = i === 0 ? 0 : number - last
    into[i] = last = number
  }
  return into
}

export function writeValues(writer: Writer, values: readonly number[]): void {
  const digits = digitsOf(values)
  writer.byte(digits ?? AS_BITS)
  if (digits === undefined) return writeBits(writer, values)
  const scale = SCALES[digits]!
  let last = 0
  for (const value of values) {
    const integer = Math.round(value * scale)
    writer.signed(integer - last)
    last = integer
  }
}

export function readValues(reader: Reader, count: number): number[]
export function readValues<T extends Numbers>(reader: Reader, count: number, into: T): T
export function readValues(reader: Reader, count: number, into: Numbers = []): Numbers {
  const digits = reader.byte()
  if (digits === AS_BITS) return readBits(reader, count, into)
  const scale = SCALES[digits]!
  let last = 0
  for (let i = 0; i < count; i++) {
    last += reader.signed()
    into[i] = last / scale
  }
  return into
}

/**
 * The fewest decimal digits with which every value is an exact decimal; undefined if nine are not enough. A value that
 * is exact with few digits is exact with more, since scaling and division both round correctly within the limit.
 */
function digitsOf(values: readonly number[]): number | undefined {
  let digits = 0
  for (const value of values) {
    while (!isDecimal(value, SCALES[digits]!)) if (++digits === SCALES.length) return undefined
  }
  const scale = SCALES[digits]!
  return values.every((value) => isDecimal(value, scale)) ? digits : undefined
}

function isDecimal(value: number, scale: number): boolean {
  const integer = Math.round(value * scale)
  return Math.abs(integer) <= MAX_INTEGER && integer / scale === value
}

/** The eight bytes of each value, XORed with the value before: all first bytes, then all second ones, and so on. */
function writeBits(writer: Writer, values: readonly number[]): void {
  const bytes = new Uint8Array(Float64Array.from(values).buffer)
  for (let plane = 7; plane >= 0; plane--)
    for (let i = plane, last = 0; i < bytes.length; i += 8) {
      writer.byte(bytes[i]! ^ last)
      last = bytes[i]!
    }
}

function readBits(reader: Reader, count: number, into: Numbers): Numbers {
  const bytes = new Uint8Array(8 * count)
  for (let plane = 7; plane >= 0; plane--)
    for (let i = plane, last = 0; i < bytes.length; i += 8) bytes[i] = last ^= reader.byte()
  const values = new Float64Array(bytes.buffer)
  for (let i = 0; i < count; i++) into[i] = values[i]!
  return into
}

/**
 * A dictionary of the distinct metadata as JSON, then the place of each sample's metadata in it if there are several.
 */
function writeMetadata(writer: Writer, metadata: readonly SampleMetadata[]): void {
  const places = new Map<string, number>()
  const placeOf = (each: SampleMetadata) => {
    const key = JSON.stringify([each.unit, each.serverId, each.tags])
    const place = places.get(key) ?? places.size
    places.set(key, place)
    return place
  }
  let last: SampleMetadata | undefined
  let place = 0
  const column = metadata.map((each) => {
    if (each !== last) place = placeOf((last = each))
    return place
  })
  writer.text(`[${[...places.keys()].join(',')}]`)
  if (places.size > 1) for (const each of column) writer.number(each)
}

function readMetadata(reader: Reader, count: number): SampleMetadata[] {
  const dictionary = (
    JSON.parse(reader.text()) as [SampleMetadata['unit'], SampleMetadata['serverId'], SampleMetadata['tags']][]
  ).map(([unit, serverId, tags]): SampleMetadata => ({ unit, serverId, tags }))
  const several = dictionary.length > 1
  return Array.from({ length: count }, () => dictionary[several ? reader.number() : 0] ?? NO_METADATA)
}
