// Which paths the server knows, what each of them asks of a caller, and how a request's path is matched to them.
import type { Operation } from '../../../shared/contract/operation.ts'
import { operations } from '../../../shared/contract/operations.ts'
import { STREAM_PATH } from '../../../shared/contract/stream.ts'

export const HEALTH_PATH = '/healthz'
export const METRICS_PATH = '/metrics'
export const OPENAPI_PATH = '/api/openapi.json'

/** `token`: needs one. `open`: agents may come without one. `public`: never looks at one. */
export type Access = 'token' | 'open' | 'public'

interface KnownPath {
  method: Operation['method']
  access: Access
  segments: string[]
}

const known = (method: Operation['method'], path: string, access: Access): KnownPath => ({
  method,
  access,
  segments: path.split('/'),
})

export const accessOf = (declared: Operation): Access => (declared.open ? 'open' : 'token')

const KNOWN_PATHS: KnownPath[] = [
  ...Object.values(operations).map((declared) => known(declared.method, declared.path, accessOf(declared))),
  known('GET', STREAM_PATH, 'token'),
  known('GET', OPENAPI_PATH, 'token'),
  known('GET', METRICS_PATH, 'token'),
  known('GET', HEALTH_PATH, 'public'),
]

/** The path's segments, decoded; a segment that can't be decoded stays as it is. */
export const segmentsOf = (url: string): string[] =>
  url
    .replace(/[?#].*$/s, '')
    .split('/')
    .map(decoded)

/** Everything below /api belongs to the API, whatever else a host serves. */
export const isApi = (segments: readonly string[]) => segments[1] === 'api'

/** What an unknown path, or a known one with a wrong method, asks of a caller. */
export const accessOfPath = (segments: readonly string[]): Access =>
  isApi(segments) || matching(segments).some(({ access }) => access !== 'public') ? 'token' : 'public'

/** The methods that a path answers to; empty for an unknown path. */
export function methodsOf(segments: readonly string[]): string[] {
  const methods = new Set<string>(matching(segments).map(({ method }) => method))
  if (methods.has('GET')) methods.add('HEAD')
  return [...methods].toSorted()
}

const matching = (segments: readonly string[]) =>
  KNOWN_PATHS.filter(
    (path) =>
      path.segments.length === segments.length &&
      path.segments.every((part, at) => (part.startsWith(':') ? segments[at] !== '' : part === segments[at])),
  )

function decoded(segment: string) {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
