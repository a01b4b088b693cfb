// `npm run restore -- FILE`: a backup in the place of the database, while Tocsin does not run.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lockFolder } from '../core/platform/folder-lock.ts'
import { reasonForTerminal } from '../core/platform/escape-for-terminal.ts'
import { readArguments, runCommand, UsageError } from '../core/boot/command-line.ts'
import { dataDirOf, usualDataDir } from '../core/boot/flags.ts'
import { restore } from '../core/store/recovery/restore.ts'

const MIGRATIONS = join(import.meta.dirname, '../../resources/migrations')

const HELP = `Puts a backup in the place of the database, after it was checked and opened as a copy. What is replaced is kept beside
it under another name. Tocsin must not run.

Usage: npm run restore -- FILE [--data-dir FOLDER]

  FILE                 a backup; it stays as it is
  --data-dir FOLDER    where Tocsin keeps everything (${usualDataDir()}; or TOCSIN_DATA_DIR)
  --help               this text`

await runCommand(() => {
  const { values, positionals } = readArguments({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' }, help: { type: 'boolean' } },
  })
  if (values.help) return console.log(HELP)
  const [from, ...rest] = positionals
  if (from === undefined) throw new UsageError('A backup is needed.')
  if (rest.length > 0) throw new UsageError(`One backup at a time; ${rest[0]} is one too many.`)
  try {
    restoreInto(dataDirOf(values['data-dir'], process.env), resolve(from))
  } catch (error) {
    console.error(`Nothing was restored: ${reasonForTerminal(error)}`)
    process.exitCode = 1
  }
})

function restoreInto(dataDir: string, from: string) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(dataDir)
  try {
    const file = join(dataDir, 'tocsin.db')
    const { kept, series, rules, events } = restore({ from, file, migrationsDir: MIGRATIONS, now: Date.now() })
    console.log(`${file} is now that of ${from}: ${series} series, ${rules} rules, ${events} events.`)
    if (kept !== undefined) console.log(`What was there before is kept as ${kept}.`)
  } finally {
    unlock()
  }
}
