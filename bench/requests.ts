// What is posted: the same samples for every target, as JSON or in Prometheus' remote-write format.
import { HOUR } from '../shared/domain/time.ts'
import { randomFrom } from '../test/support/random.ts'
import type { SampleIn } from '../shared/schemas/sample.ts'
import type { Post, Requests } from './load.ts'

const METRIC_TYPES = ['CPU', 'MEMORY', 'DISK', 'RESPONSE_TIME']
/** Requests of one connection that are prepared ahead and posted in turns. */
const PREPARED = 25

/** Which series a connection posts: none is another's, so that the order within a series holds whoever overtakes whom. */
export interface Share {
  connection: number
  connections: number
  series: number
  /** Samples in a post. */
  batch: number
}

interface Point {
  source: string
  metricType: string
  value: number
}

export const BATCH_PATH = '/api/anomaly/metrics/batch'
export const SINGLE_PATH = '/api/anomaly/metrics'

const sampleOf = ({ source, metricType, value }: Point) => ({ source, metric_type: metricType, value }) as SampleIn

/** Lists of samples; a single sample if the batch is one. */
export function jsonRequests(url: string, share: Share): Requests {
  const points = pointsOf(share)
  return inTurns(() => {
    const samples = Array.from({ length: share.batch }, () => sampleOf(points.next().value))
    return share.batch === 1 ? jsonRequest(url + SINGLE_PATH, samples[0]!) : jsonRequest(url + BATCH_PATH, samples)
  })
}

export const jsonRequest = (url: string, body: unknown): Post =>
  requestTo(url, { 'Content-Type': 'application/json' }, Buffer.from(JSON.stringify(body)))

/** Noise around 50 that a z-score of three or 1.5 interquartile ranges flag now and then. */
function* pointsOf({ connection, connections, series }: Share): Generator<Point, never> {
  const random = randomFrom(connection)
  const noise = () => random() + random() + random() + random() - 2
  for (;;)
    for (let index = connection; index < series; index += connections)
      yield {
        source: `host-${index >> 2}`,
        metricType: METRIC_TYPES[index % 4]!,
        value: Math.round((50 + 5 * noise()) * 1000) / 1000,
      }
}

function inTurns(make: () => Post): Requests {
  const prepared = Array.from({ length: PREPARED }, make)
  let next = 0
  return () => prepared[next++ % PREPARED]!
}

const requestTo = (url: string, headers: Record<string, string>, body: Buffer): Post => ({
  url: new URL(url),
  headers: { ...headers, 'Content-Length': String(body.length) },
  body,
})

const REMOTE_WRITE = {
  'Content-Type': 'application/x-protobuf',
  'Content-Encoding': 'snappy',
  'X-Prometheus-Remote-Write-Version': '0.1.0',
}
/** Bytes of a time in milliseconds as a varint, from 2004 to 2109. */
const TIME_LENGTH = 6

/**
 * Remote-write 1.0 (https://prometheus.io/docs/specs/prw/remote_write_spec/): protobuf in snappy's block format, with
 * literals only. Prometheus takes no time twice, so each request gets new ones, a second apart in every series, written
 * into its prepared bytes.
 */
export function remoteWriteRequests(url: string, share: Share): Requests {
  const points = pointsOf(share)
  const own = Math.ceil((share.series - share.connection) / share.connections)
  const start = Date.now() - HOUR
  const prepared = Array.from({ length: PREPARED }, () => {
    const times: number[] = []
    const message = Buffer.concat(Array.from({ length: share.batch }, () => timeSeries(points.next().value)))
    const request = requestTo(url, REMOTE_WRITE, snappyLiteral(message))
    const { body } = request
    for (let at = body.indexOf(NO_TIME); at >= 0; at = body.indexOf(NO_TIME, at + TIME_LENGTH)) times.push(at)
    if (times.length !== share.batch) throw new Error('A request of remote-write has not one place for each time.')
    return { request, times }
  })
  const cycle = PREPARED * share.batch
  let sent = 0
  return () => {
    const { request, times } = prepared[(sent / share.batch) % PREPARED]!
    for (const at of times) writeTime(request.body, at, start + roundOf(sent++) * 1000)
    return request
  }

  /** How often each series has been posted before, at least: the prepared ones may end in the middle of a round. */
  function roundOf(sample: number): number {
    return Math.floor(sample / cycle) * Math.ceil(cycle / own) + Math.floor((sample % cycle) / own)
  }
}

/** A placeholder for a time: bytes that no text, length or rounded value of these samples has. */
const NO_TIME = Buffer.alloc(TIME_LENGTH, 0xff)

function timeSeries({ source, metricType, value }: Point): Buffer {
  const bits = Buffer.alloc(8)
  bits.writeDoubleLE(value)
  const sample = Buffer.concat([Buffer.from([0x09]), bits, Buffer.from([0x10]), NO_TIME])
  const labels = [label('__name__', metricType.toLowerCase()), label('instance', source)]
  return part(1, Buffer.concat([...labels, part(2, sample)]))
}

const label = (name: string, value: string) =>
  part(1, Buffer.concat([part(1, Buffer.from(name)), part(2, Buffer.from(value))]))

/** A field of protobuf whose value has a length. */
const part = (field: number, value: Buffer) =>
  Buffer.concat([Buffer.from([(field << 3) | 2]), varint(value.length), value])

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128)
  return Buffer.from([...bytes, value])
}

function writeTime(into: Buffer, at: number, time: number): void {
  let rest = time
  for (let byte = at; byte < at + TIME_LENGTH - 1; byte++) {
    into[byte] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  into[at + TIME_LENGTH - 1] = rest
}

/** One literal of up to 64 KiB (https://github.com/google/snappy/blob/main/format_description.txt). */
function snappyLiteral(bytes: Buffer): Buffer {
  const last = bytes.length - 1
  return Buffer.concat([varint(bytes.length), Buffer.from([61 << 2, last & 255, last >> 8]), bytes])
}
