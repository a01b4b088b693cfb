// The API key of a language model's server, in a file that only its owner can read. It is sent only to the host that it
// was saved for.
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export interface KeyFile {
  /** The key for the host of this address; undefined if there is none. */
  keyFor(url: string): string | undefined
  /** Saves a key for the host of this address alone; null deletes the saved key. */
  save(url: string, key: string | null): void
}

const savedKey = z.object({ origin: z.string(), key: z.string() })

/** In `<dataDir>/llm-key`. */
export function createKeyFile(dataDir: string): KeyFile {
  const file = join(dataDir, 'llm-key')
  return {
    keyFor(url) {
      const found = savedKey.safeParse(readIfThere(file)).data
      return found?.origin === new URL(url).origin ? found.key : undefined
    },
    save(url, key) {
      if (key === null) return rmSync(file, { force: true })
      writeFileSync(file, '', { mode: 0o600 })
      // The mode above applies to a new file only.
      chmodSync(file, 0o600)
      writeFileSync(file, JSON.stringify({ origin: new URL(url).origin, key }))
    },
  }
}

function readIfThere(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    // A file that a crash cut short counts as missing.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
