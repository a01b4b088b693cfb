// The log: JSON lines in the data folder, of bounded size. Nothing secret goes in.
import { join } from 'node:path'
import { pino, type Logger } from 'pino'
import roll from 'pino-roll'
import { escapeJsonForTerminal } from '../platform/escape-for-terminal.ts'

/** Files beside the current one, each of at most FILE_SIZE. */
const KEPT_FILES = 3
const FILE_SIZE = '5m'

export async function openLog(dataDir: string): Promise<Logger> {
  const stream = await roll({
    file: join(dataDir, 'logs', 'tocsin'),
    extension: '.log',
    size: FILE_SIZE,
    limit: { count: KEPT_FILES, removeOtherLogFiles: true },
    mkdir: true,
    mode: 0o600,
    // Few lines are written, and the last one before an end is the one that counts.
    sync: true,
  })
  // A full disk must not end the program that reports it.
  stream.on('error', () => {})
  return pino({ level: 'info', base: null, hooks: { streamWrite: escapeJsonForTerminal } }, stream)
}
