// What the built files may import: the headless host must run without Electron, and nothing may be left to find that
// isn't shipped.
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const OUT = join(import.meta.dirname, '../out')
const IMPORT =
  /(?:^|[;}])\s*(?:import|export)\b[^'"();]*?["']([^"']+)["']|\brequire\("([^"]+)"\)|\bimport\("([^"]+)"\)/gm
const isNodes = (name: string) => name.startsWith('node:') || builtinModules.includes(name)

/** All that a file imports from outside of the built files, by whatever way. */
function outsideOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const named = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, one, two, three]) => one ?? two ?? three!)
  const outside = named.flatMap((name) =>
    name.startsWith('.') && name.endsWith('.js') ? outsideOf(join(dirname(file), name), seen) : [name],
  )
  return [...new Set(outside.filter((name) => !isNodes(name)))]
}

test('the headless host knows nothing of Electron', () => {
  expect(outsideOf(join(OUT, 'headless/index.js'))).toContain('better-sqlite3')
  expect(outsideOf(join(OUT, 'headless/index.js'))).not.toContain('electron')
  expect(outsideOf(join(OUT, 'main/index.js'))).toContain('electron')
})

test('a sandboxed preload script can require Electron alone', () => {
  expect(outsideOf(join(OUT, 'preload/index.cjs'))).toEqual(['electron'])
})
