// `npm run licences`: writes the licences of what is shipped.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfNeeded } from '../electron/cli/build.ts'
import { LICENCES_FILE, licencesText } from './shipped.ts'

const failure = await buildIfNeeded(join(import.meta.dirname, '..'))
if (failure !== undefined) throw new Error(failure)
writeFileSync(LICENCES_FILE, licencesText())
