// Posts of samples are by far the most frequent requests, so what their schemas say is checked by hand first. What passes
// here, the schemas would take and hand on as it is; what doesn't is theirs to check.
import type { OperationName } from '../../../shared/contract/operations.ts'
import { MAX_SAMPLES_PER_BATCH, type SampleIn, type Tags } from '../../../shared/schemas/sample.ts'
import { instantIn } from '../../../shared/schemas/input.ts'
import { AppError } from '../platform/errors.ts'
import { parseTimestamp } from '../platform/timestamps.ts'

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** Each gives the parts that its handler gets; undefined leaves them to the schemas. */
export const FAST_PARSERS: Partial<Record<OperationName, (headers: Headers, body: unknown) => object | undefined>> = {
  postMetric: (headers, body) => (isSample(body) ? parts(headers, body) : undefined),
  postMetricsBatch(headers, body) {
    refuseLong(body)
    return isBatch(body) ? parts(headers, body) : undefined
  },
}

const KEY = 'idempotency-key'

function parts(headers: Headers, body: SampleIn | SampleIn[]) {
  const key = headers[KEY]
  if (key === undefined) return { headers: {}, body }
  return isText(key, 1, 256) ? { headers: { [KEY]: key }, body } : undefined
}

/** Before anything in it is looked at: a MiB has room for hundreds of thousands, and each would be checked at length. */
function refuseLong(body: unknown): void {
  if (Array.isArray(body) && body.length > MAX_SAMPLES_PER_BATCH)
    throw new AppError(
      'BATCH_TOO_LARGE',
      `A batch may have ${MAX_SAMPLES_PER_BATCH} samples; this one has ${body.length}.`,
    )
}

const isBatch = (given: unknown): given is SampleIn[] => Array.isArray(given) && given.every(isSample)

/** Whether it has all that a sample needs, and nothing that a sample doesn't have. */
function isSample(given: unknown): given is SampleIn {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false
  const fields = given as Record<string, unknown>
  let needed = 0
  for (const name in fields) {
    const value = fields[name]
    switch (name) {
      case 'source':
      case 'metric_type':
        if (!isText(value, 1, 256)) return false
        needed++
        break
      case 'value':
        if (!Number.isFinite(value)) return false
        needed++
        break
      default:
        if (!isOptional(name, value)) return false
    }
  }
  return needed === 3
}

function isOptional(name: string, value: unknown): boolean {
  switch (name) {
    case 'unit':
      return value === null || isText(value, 0, 64)
    case 'tags':
      return value === null || isTags(value)
    case 'server_id':
      return value === null || Number.isSafeInteger(value)
    case 'recorded_at':
      return value === null || isInstant(value)
    default:
      return false
  }
}

function isTags(given: unknown): given is Tags {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false
  const tags = given as Record<string, unknown>
  let count = 0
  for (const name in tags) {
    const value = tags[name]
    const isTag = isText(value, 0, 256) || Number.isFinite(value) || typeof value === 'boolean'
    if (!isTag || !isText(name, 0, 256) || name === '__proto__' || ++count > 64) return false
  }
  return true
}

/** Lengths are in characters, of which each takes one or two places in a string. */
const isText = (given: unknown, least: number, most: number): given is string =>
  typeof given === 'string' &&
  given.length >= least &&
  (given.length <= most || (given.length <= 2 * most && Array.from(given).length <= most))

const isInstant = (given: unknown) =>
  typeof given === 'string' && (parseTimestamp(given) !== undefined || instantIn.safeParse(given).success)
