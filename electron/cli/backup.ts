// `npm run backup -- --to FILE`: copies the database into one file, whether Tocsin runs or not.
import { join, resolve } from 'node:path'
import { reasonForTerminal } from '../core/platform/escape-for-terminal.ts'
import { readFlags, runCommand, UsageError } from '../core/boot/command-line.ts'
import { dataDirOf, defaultDataDir } from '../core/boot/flags.ts'
import { backUp } from '../core/store/recovery/backup.ts'

const HELP = `Copies the database into one file and checks the copy. Tocsin may be running.

Usage: npm run backup -- --to FILE [--data-dir FOLDER]

  --to FILE            backup file; an existing file is never overwritten
  --data-dir FOLDER    data folder of Tocsin; also TOCSIN_DATA_DIR
                       (default: ${defaultDataDir()})
  --help               show this help

The backup contains neither the API token nor the key of a language model.`

await runCommand(async () => {
  const text = { type: 'string' } as const
  const flags = readFlags(process.argv.slice(2), { to: text, 'data-dir': text, help: { type: 'boolean' } })
  if (flags.help) return console.log(HELP)
  if (!flags.to) throw new UsageError('--to is required: the backup file.')
  const to = resolve(flags.to)
  try {
    const { bytes } = await backUp(join(dataDirOf(flags['data-dir'], process.env), 'tocsin.db'), to)
    console.log(`Backed up to ${to} (${bytes} bytes, checked).`)
  } catch (error) {
    console.error(`Backup failed: ${reasonForTerminal(error)}`)
    process.exitCode = 1
  }
})
