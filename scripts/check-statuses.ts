// Checks that HTTP statuses are named in the API alone: `npm run check:statuses -- [--root FOLDER]`.
//
// Errors of the core carry a domain code; electron/core/api/http-error.ts has the one table that maps codes to statuses.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { namedStatuses } from './statuses.ts'

const { values } = parseArgs({ options: { root: { type: 'string', default: join(import.meta.dirname, '..') } } })

const problems = namedStatuses(values.root)
if (problems.length > 0) {
  console.error(`${problems.join('\n')}\n\nThrow an AppError with a code instead.`)
  process.exitCode = 1
}
