// Turns posted samples into samples for the store. Their times must be within the retention time and at most a day ahead.
import { operations } from '../../../shared/contract/operations.ts'
import type { SampleIn } from '../../../shared/schemas/sample.ts'
import { DAY } from '../../../shared/domain/time.ts'
import { unitOf } from '../../../shared/domain/units.ts'
import { AppError, type FieldError } from '../platform/errors.ts'
import { parseTimestamp } from '../platform/timestamps.ts'
import type { NewSample } from '../store/types/samples.ts'

export interface Post {
  /** The path that it was posted to. */
  path: string
  key: string | undefined
  /** The body as received: it distinguishes a repeat from another request with the same key. */
  body: unknown
  samples: readonly SampleIn[]
  /** Names the field of a sample in an error: `recorded_at` or `3.recorded_at`. */
  fieldOf(index: number, field: string): string
}

export const samplePost = (sample: SampleIn, key: string | undefined): Post => ({
  path: operations.postMetric.path,
  key,
  body: sample,
  samples: [sample],
  fieldOf: (_, field) => field,
})

export const batchPost = (samples: readonly SampleIn[], key: string | undefined): Post => ({
  path: operations.postMetricsBatch.path,
  key,
  body: samples,
  samples,
  fieldOf: (index, field) => `${index}.${field}`,
})

/** Posts may be stamped so far ahead. */
export const MAX_AHEAD = DAY

/** Milliseconds since 1970, both ends included. */
export interface TimeRange {
  earliest: number
  now: number
  latest: number
}

export const timeRangeAt = (now: number, retentionDays: number): TimeRange => ({
  earliest: now - retentionDays * DAY,
  now,
  latest: now + MAX_AHEAD,
})

/** Undefined if a time is out of range. One pass, because every sample goes through here. */
export function toNewSamples(
  posted: readonly SampleIn[],
  { earliest, now, latest }: TimeRange,
): NewSample[] | undefined {
  const samples: NewSample[] = []
  for (const { source, metric_type, value, unit, tags, server_id, recorded_at } of posted) {
    const time = recorded_at ? timeOf(recorded_at) : now
    if (time < earliest || time > latest) return undefined
    samples.push({
      source,
      metricType: metric_type,
      value,
      unit: unit ?? (unitOf(metric_type) || null),
      tags: tags ?? null,
      serverId: server_id ?? null,
      time,
      drill: false,
    })
  }
  return samples
}

/** A batch may come newest first: of its samples, only the newest would not be late then. */
export function inOrderOfTime(samples: readonly NewSample[]): readonly NewSample[] {
  const isInOrder = samples.every(({ time }, index) => index === 0 || time >= samples[index - 1]!.time)
  return isInOrder ? samples : samples.toSorted((one, other) => one.time - other.time)
}

const timeOf = (instant: string) => parseTimestamp(instant) ?? Date.parse(instant)

/** Names every sample whose time is out of range. */
export function outOfRange({ samples, fieldOf }: Post, { earliest, now, latest }: TimeRange): AppError {
  const errors = samples.flatMap(({ recorded_at }, index): FieldError[] => {
    const time = recorded_at ? timeOf(recorded_at) : now
    const path = fieldOf(index, 'recorded_at')
    if (time > latest) return [{ path, message: 'is more than one day in the future' }]
    return time < earliest ? [{ path, message: `is older than ${(now - earliest) / DAY} days` }] : []
  })
  return new AppError('INVALID', `${errors[0]!.path} ${errors[0]!.message}.`, { errors })
}
