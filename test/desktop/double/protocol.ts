// Schemes of the program's own. Chromium without Electron knows none, so that `scheme://host` becomes an origin that
// exists nowhere, and its requests are answered before they leave the browser.
import type { CustomScheme } from 'electron'

type Handler = (request: Request) => Response | Promise<Response>

const schemes = new Map<string, CustomScheme>()
const handlers = new Map<string, Handler>()
const STAND_IN = /^https?:\/\/([^/]+)\.([a-z]+)\.invalid(?=\/|$)/

export const protocol = {
  registerSchemesAsPrivileged(registered: CustomScheme[]) {
    for (const one of registered) schemes.set(one.scheme, one)
  },
  handle: (scheme: string, handler: Handler) => void handlers.set(scheme, handler),
}

/** `tocsin://app/events` becomes `https://app.tocsin.invalid/events`; https only if the scheme counts as secure. */
export const toChromium = (url: string): string =>
  url.replace(/^([a-z]+):\/\/([^/]+)/, (whole, scheme: string, host: string) =>
    schemes.has(scheme)
      ? `http${schemes.get(scheme)!.privileges?.secure ? 's' : ''}://${host}.${scheme}.invalid`
      : whole,
  )

export const fromChromium = (url: string): string =>
  url.replace(STAND_IN, (whole, host: string, scheme: string) => (schemes.has(scheme) ? `${scheme}://${host}` : whole))

/** The answer to an address of an own scheme; undefined if it is none. Rejects if the handler does. */
export async function answerTo(url: string, method: string): Promise<Response | undefined> {
  const handler = handlers.get(url.slice(0, url.indexOf(':')))
  return handler && (await handler(new Request(url, { method })))
}
