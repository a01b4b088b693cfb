// A copy of the built program whose files may be altered.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Below node_modules, so that the copy finds its packages. */
const COPIES = join(import.meta.dirname, '../../node_modules/.cache/tocsin-tests')

export interface ProgramCopy {
  root: string
  /** @param file below the copy's folder */
  alter(file: string, change: (text: string) => string): void
  remove(): void
}

export function copyProgram(from: string): ProgramCopy {
  mkdirSync(COPIES, { recursive: true })
  const root = mkdtempSync(join(COPIES, 'program-'))
  for (const folder of ['out/main', 'out/chunks', 'out/preload']) {
    cpSync(join(from, folder), join(root, folder), { recursive: true, filter: (path) => !path.endsWith('.map') })
  }
  for (const same of ['out/renderer', 'resources', 'package.json']) symlinkSync(join(from, same), join(root, same))
  return {
    root,
    alter(file, change) {
      const path = join(root, file)
      writeFileSync(path, change(readFileSync(path, 'utf8')))
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
