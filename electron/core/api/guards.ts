// Access control. Each guard throws the error of the answer; they are in the order in which they run.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpError, nothingHere } from './http-error.ts'
import type { Token } from './token.ts'
import { accessOfPath, isApi, methodsOf, segmentsOf, type Access } from './paths.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on the API's own routes; a route without it is a page that a host serves. */
    access?: Access
  }
}

/** The browser's cookie, checked by the host that gave it out. */
export interface Session {
  valid(request: FastifyRequest): boolean
  /** Gives the cookie that goes with the token as it is now. */
  renew(reply: FastifyReply): void
}

export interface GuardOptions {
  token: Pick<Token, 'current'>
  /** Names, without a port, beside the loopback ones. */
  allowedHosts: string[]
  /** The port that it listens on, which an own Origin carries. */
  port: () => number
  ingestNeedsToken: boolean
  session?: Session | undefined
}

/** Each takes what the request's route asks of a caller; undefined if it is none of the API's own. */
export interface Guards {
  /** Host, Origin and token: 421, 403, 401. */
  admit(request: FastifyRequest, access: Access | undefined): void
  /** 405 for a known path with another method, 404 for an unknown one. */
  refuseUnknown(request: FastifyRequest, access: Access | undefined): void
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']

export function createGuards(options: GuardOptions): Guards {
  const names = new Set([...LOOPBACK_NAMES, ...options.allowedHosts.map((name) => name.toLowerCase())])
  const isToken = tokenCheck(options.token)

  return {
    admit(request, access) {
      refuseForeignHost(request, names)
      refuseForeignOrigin(request, names, options.port())
      requireAuth(request, access ?? accessFor(request), options, isToken)
    },
    refuseUnknown(request, access) {
      if (access && !hasEmptyValue(request)) return
      const segments = segmentsOf(request.url)
      const isPage = !access && !request.is404 && !isApi(segments)
      if (isPage) return
      const methods = methodsOf(segments)
      if (methods.length === 0) throw nothingHere()
      throw new MethodNotAllowed(request.method, methods)
    },
  }
}

export class MethodNotAllowed extends HttpError {
  /** Value of the Allow header. */
  readonly allow: string

  constructor(method: string, methods: string[]) {
    const allow = methods.join(', ')
    super(405, `${method} is not possible here; this path answers to ${allow}.`)
    this.allow = allow
  }
}

/** The router takes `rules/` for a rule whose id is empty. */
const hasEmptyValue = ({ params }: FastifyRequest) => Object.values(params as Record<string, string>).includes('')

/** A page that resolves its own name to 127.0.0.1 (DNS rebinding) still sends its own name as Host. */
function refuseForeignHost(request: FastifyRequest, names: ReadonlySet<string>) {
  const { host } = request.raw.headers
  // In absolute form the name stands in the target and outweighs Host; only proxies are asked that way.
  const direct = request.url.startsWith('/') || request.url === '*'
  if (direct && host !== undefined && names.has(nameOf(host)) && countOf(request, 'host') === 1) return
  throw new HttpError(
    421,
    'This request is addressed to another host. Tocsin answers to localhost and to its configured names.',
  )
}

const nameOf = (host: string) => host.toLowerCase().replace(/:\d+$/, '')

function countOf({ raw: { rawHeaders } }: FastifyRequest, header: string) {
  let count = 0
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]!.toLowerCase() === header) count++
  return count
}

function refuseForeignOrigin(request: FastifyRequest, names: ReadonlySet<string>, port: number) {
  const { origin, 'sec-fetch-site': site } = request.raw.headers
  const ownOrigin = origin === undefined || isOwnOrigin(origin, names, port)
  const ownSite = site === undefined || site === 'same-origin' || site === 'none' || isLinkToPage(request)
  if (!ownOrigin || !ownSite) throw new HttpError(403, 'Requests from other origins are rejected.')
}

function isOwnOrigin(origin: string, names: ReadonlySet<string>, port: number) {
  const [, name, ownPort = '80'] = /^http:\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?$/i.exec(origin) ?? []
  return name !== undefined && names.has(name.toLowerCase()) && Number(ownPort) === port
}

/** A link elsewhere may open the interface in a window of its own, but nothing of the API. */
function isLinkToPage({ method, url, raw }: FastifyRequest) {
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination = 'document' } = raw.headers
  return method === 'GET' && mode === 'navigate' && destination === 'document' && !isApi(segmentsOf(url))
}

function requireAuth(
  request: FastifyRequest,
  access: Access,
  options: GuardOptions,
  isToken: (given: string) => boolean,
) {
  if (access === 'public') return
  const { authorization } = request.raw.headers
  if (authorization !== undefined) {
    // A wrong token is reported even if none is needed.
    const given = /^Bearer +(\S+) *$/i.exec(authorization)?.[1]
    if (given === undefined || !isToken(given)) throw new HttpError(401, 'The token is wrong.')
    return
  }
  if (access === 'open' && !options.ingestNeedsToken) return
  if (options.session?.valid(request)) return
  throw new HttpError(401, 'A token is required: send it as "Authorization: Bearer …".')
}

function accessFor(request: FastifyRequest): Access {
  const segments = segmentsOf(request.url)
  return request.is404 || isApi(segments) ? accessOfPath(segments) : 'public'
}

/** Compares digests, so that neither content nor length of the token shows in the time it takes. */
const tokenCheck = (token: GuardOptions['token']) => (given: string) =>
  timingSafeEqual(digest(given), digest(token.current()))

const digest = (text: string) => createHash('sha256').update(text).digest()
