// The secret that opens the API, in a file that only its owner can read.
import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** 256 bits, as text that fits into a link and a header. */
const makeToken = () => randomBytes(32).toString('base64url')

/** Reads `<dataDir>/token`, making it where there is none or an empty one. */
export function readOrMakeToken(dataDir: string): string {
  const file = join(dataDir, 'token')
  const known = readIfThere(file)
  if (known) {
    chmodSync(file, 0o600)
    return known
  }
  const token = makeToken()
  writeFileSync(file, `${token}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
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
