// `npm run backup -- --to FILE`: the database in one file, whether Tocsin runs or not.
import { join, resolve } from 'node:path'
import { reasonForTerminal } from '../core/platform/escape-for-terminal.ts'
import { readFlags, runCommand, UsageError } from '../core/boot/command-line.ts'
import { dataDirOf, usualDataDir } from '../core/boot/flags.ts'
import { backUp } from '../core/store/recovery/backup.ts'

const HELP = `Copies the database, as it is at this moment, into one file, and checks the copy. Tocsin may run meanwhile.

Usage: npm run backup -- --to FILE [--data-dir FOLDER]

  --to FILE            where the backup goes; a file that exists is not replaced
  --data-dir FOLDER    where Tocsin keeps everything (${usualDataDir()}; or TOCSIN_DATA_DIR)
  --help               this text

The token and the key of a language model lie in files of their own and are in no backup.`

await runCommand(async () => {
  const text = { type: 'string' } as const
  const flags = readFlags(process.argv.slice(2), { to: text, 'data-dir': text, help: { type: 'boolean' } })
  if (flags.help) return console.log(HELP)
  if (!flags.to) throw new UsageError('--to is needed: the file that the backup goes to.')
  const to = resolve(flags.to)
  try {
    const { bytes } = await backUp(join(dataDirOf(flags['data-dir'], process.env), 'tocsin.db'), to)
    console.log(`${to} holds everything up to now (${bytes} bytes), and was checked.`)
  } catch (error) {
    console.error(`No backup was made: ${reasonForTerminal(error)}`)
    process.exitCode = 1
  }
})
