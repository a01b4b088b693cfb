// The token that opens the API: made at the first start, readable by its owner only, and replaced when somebody says so.
import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isLoopback } from '../platform/addresses.ts'

export interface Token {
  current(): string
  /** Puts a new one in its place, in the file first. From then on the old one opens nothing. */
  rotate(): string
  /** The listener is called after each rotation. */
  onRotated(listener: () => void): void
}

/** Reads `<dataDir>/token`; creates it if it is missing or empty. */
export function openToken(dataDir: string): Token {
  const file = join(dataDir, 'token')
  const listeners: (() => void)[] = []
  let current = readIfThere(file) || write(file, makeToken())
  chmodSync(file, 0o600)
  return {
    current: () => current,
    rotate() {
      current = write(file, makeToken())
      for (const listener of listeners) listener()
      return current
    },
    onRotated: (listener) => void listeners.push(listener),
  }
}

/** Characters. What Tocsin makes has 43; somebody may have written one of their own. */
const MIN_LENGTH_BEYOND_LOOPBACK = 16

/** Throws if other machines could get access without a token, or by guessing it. */
export function assertSafeBinding({ host, ingestNeedsToken }: Listening, token: string): void {
  if (isLoopback(host)) return
  if (!ingestNeedsToken)
    throw new Error(`${host} is reachable from other machines, so posting samples must require the token.`)
  if (token.length < MIN_LENGTH_BEYOND_LOOPBACK)
    throw new Error(
      `the token has fewer than ${MIN_LENGTH_BEYOND_LOOPBACK} characters, too few for ${host}, where others can try. ` +
        `Remove the file "token" from the data folder, and Tocsin makes a good one.`,
    )
}

interface Listening {
  /** The address. */
  host: string
  ingestNeedsToken: boolean
}

/** 256 bits, as text that fits into a link and a header. */
const makeToken = () => randomBytes(32).toString('base64url')

/** Never half of it: whoever reads the file finds the old one or the new one. */
function write(file: string, token: string): string {
  writeFileSync(`${file}.new`, `${token}\n`, { mode: 0o600 })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
  return token
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
