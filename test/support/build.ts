// Before any test: what is built is what the sources say. Some tests run the program as it is shipped.
import { join } from 'node:path'
import { buildIfNeeded } from '../../electron/cli/build.ts'

export default async function build() {
  const failure = await buildIfNeeded(join(import.meta.dirname, '../..'))
  if (failure !== undefined) throw new Error(failure)
}
