// Whether Electron can open a window here.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Electron's executable, or why no window can open: the end of a sentence. */
export type ElectronFound = { path: string } | { reason: string }

export interface Machine {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  getuid?: (() => number) | undefined
}

/**
 * Never downloads anything: the package `electron` comes without its binary, and requiring it starts a download.
 *
 * @param root the folder of node_modules/
 */
export function findElectron(root: string, { platform, env, getuid }: Machine = process): ElectronFound {
  const path = binaryIn(join(root, 'node_modules/electron'), env.ELECTRON_OVERRIDE_DIST_PATH)
  if (path === undefined) return { reason: 'Electron is not installed (run "npx install-electron" to install it)' }
  if (platform !== 'linux') return { path }
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return { reason: 'there is no display' }
  // Tocsin does not open a window outside the sandbox.
  if (getuid?.() === 0) return { reason: "Electron's sandbox can't run as root" }
  return { path }
}

function binaryIn(folder: string, dist = join(folder, 'dist')): string | undefined {
  const named = join(folder, 'path.txt')
  const path = join(dist, existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron')
  return existsSync(path) ? path : undefined
}
