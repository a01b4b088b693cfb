// What follows from the address that the host listens on.
import { hostname, networkInterfaces } from 'node:os'

const EVERY_ADDRESS = new Set(['0.0.0.0', '::'])

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** The URL of the host for programs on this machine. */
export const ownUrl = (host: string, port: number): string =>
  `http://${host === 'localhost' || EVERY_ADDRESS.has(host) ? '127.0.0.1' : bracketed(host)}:${port}`

/**
 * What the Host header may name beside the loopback names. Addresses and the machine's own name are safe: a page that
 * rebinds its name to this machine still sends its own name.
 */
export function ownNames(host: string): string[] {
  if (!EVERY_ADDRESS.has(host)) return [bracketed(host)]
  const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address))
  return [hostname(), ...addresses.map(bracketed)]
}

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host)
