// How a browser stays known after it has opened the link: by a cookie that is derived from the token.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SerializeOptions } from '@fastify/cookie'
import type { Session } from '../core/api/server.ts'

export interface BrowserSession extends Session {
  /** The cookie for somebody who brings this token; undefined if it is wrong. */
  cookieFor(token: string): Cookie | undefined
  /** The cookie as it is now. */
  cookie(): Cookie
}

type Cookie = [name: string, value: string, options: SerializeOptions]

/** Browsers keep no cookie for longer than 400 days. */
const MAX_AGE_SECONDS = 400 * 86_400

/**
 * @param token as it is now
 * @param port part of the cookie's name, because browsers send the cookies of one port to all others
 */
export function createBrowserSession(token: () => string, port: () => number): BrowserSession {
  const own = () => valueFor(token())
  const name = () => `tocsin_session_${port()}`
  const cookie = (): Cookie => [
    name(),
    own(),
    { httpOnly: true, sameSite: 'strict', path: '/', maxAge: MAX_AGE_SECONDS },
  ]
  return {
    valid({ server, headers: { cookie } }) {
      const given = cookie === undefined ? undefined : server.parseCookie(cookie)[name()]
      return given !== undefined && same(given, own())
    },

    cookieFor: (given) => (same(valueFor(given), own()) ? cookie() : undefined),
    cookie,
    renew: (reply) => void reply.header('set-cookie', reply.server.serializeCookie(...cookie())),
  }
}

/** Whoever reads a cookie does not learn the token from it. */
const valueFor = (token: string) => createHmac('sha256', token).update('tocsin browser session').digest('base64url')

function same(given: string, own: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(own)]
  return a.length === b.length && timingSafeEqual(a, b)
}
