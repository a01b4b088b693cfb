// The key of a model's server, in a file that only its owner can read. It is for the host that it was given for: when
// the address changes, it is not sent elsewhere.
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export interface KeyFile {
  /** The key for the host of this address; undefined where there is none. */
  keyFor(url: string): string | undefined
  /** Keeps a key for the host of this address and no other; null forgets whichever there is. */
  keep(url: string, key: string | null): void
}

const kept = z.object({ origin: z.string(), key: z.string() })

/** In `<dataDir>/llm-key`. */
export function createKeyFile(dataDir: string): KeyFile {
  const file = join(dataDir, 'llm-key')
  return {
    keyFor(url) {
      const found = kept.safeParse(readIfThere(file)).data
      return found?.origin === new URL(url).origin ? found.key : undefined
    },
    keep(url, key) {
      if (key === null) return rmSync(file, { force: true })
      writeFileSync(file, '', { mode: 0o600 })
      // The mode above is that of a new file only.
      chmodSync(file, 0o600)
      writeFileSync(file, JSON.stringify({ origin: new URL(url).origin, key }))
    },
  }
}

function readIfThere(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    // One that a crash cut short is none.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
