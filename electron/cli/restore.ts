// `npm run restore -- FILE`: replaces the database by a backup while Tocsin is stopped.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lockFolder } from '../core/platform/folder-lock.ts'
import { reasonForTerminal } from '../core/platform/escape-for-terminal.ts'
import { readArguments, runCommand, UsageError } from '../core/boot/command-line.ts'
import { dataDirOf, defaultDataDir } from '../core/boot/flags.ts'
import { restore } from '../core/store/recovery/restore.ts'

const MIGRATIONS = join(import.meta.dirname, '../../resources/migrations')

const HELP = `Checks a backup and replaces the database by it. The old database is kept beside it under another name.
Tocsin must be stopped.

Usage: npm run restore -- FILE [--data-dir FOLDER]

  FILE                 backup file; it is not changed
  --data-dir FOLDER    data folder of Tocsin; also TOCSIN_DATA_DIR
                       (default: ${defaultDataDir()})
  --help               show this help`

await runCommand(() => {
  const { values, positionals } = readArguments({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' }, help: { type: 'boolean' } },
  })
  if (values.help) return console.log(HELP)
  const [from, ...rest] = positionals
  if (from === undefined) throw new UsageError('FILE is required: the backup to restore.')
  if (rest.length > 0) throw new UsageError(`Only one backup is allowed; remove ${rest[0]}.`)
  try {
    restoreInto(dataDirOf(values['data-dir'], process.env), resolve(from))
  } catch (error) {
    console.error(`Restore failed: ${reasonForTerminal(error)}`)
    process.exitCode = 1
  }
})

function restoreInto(dataDir: string, from: string) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(dataDir)
  try {
    const file = join(dataDir, 'tocsin.db')
    const { kept, series, rules, events } = restore({ from, file, migrationsDir: MIGRATIONS, now: Date.now() })
    console.log(`Restored ${file} from ${from}: ${series} series, ${rules} rules, ${events} events.`)
    if (kept !== undefined) console.log(`The old database is kept as ${kept}.`)
  } finally {
    unlock()
  }
}
