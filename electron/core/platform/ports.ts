// What a host hands to the core.

export interface Clock {
  /** Milliseconds since 1970 in UTC. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** The part of pino that the core uses. */
export interface Log {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }
