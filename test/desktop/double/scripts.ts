// Which scripts a page gets before its own, by the preferences of its window.
import type { WebPreferences } from 'electron'
import { createRuntime, linkWorlds } from './in-page.ts'

export const WORLD = 'Electron Isolated Context'
export const BINDING = 'electronDoubleSend'
/** Where main process and preload script meet, in the preload script's world. */
export const RUNTIME = 'electronDoubleRuntime'
/** A path on every origin, answered by the double. */
export const NODE_PATH = '/electron-double-node'

interface Reach {
  isolated: boolean
  subFrames: boolean
  /** The preload script has Node's own `require`. */
  preloadNode: boolean
  /** The page has it, too. */
  pageNode: boolean
}

export const reachOf = (wanted: WebPreferences, forcedSandbox: boolean): Reach => {
  const isolated = wanted.contextIsolation ?? true
  const sandboxed = forcedSandbox || (wanted.sandbox ?? !wanted.nodeIntegration)
  return {
    isolated,
    subFrames: wanted.nodeIntegrationInSubFrames ?? false,
    preloadNode: !sandboxed,
    pageNode: !sandboxed && !isolated && (wanted.nodeIntegration ?? false),
  }
}

/** The scripts of a page in the order in which they run, each with its world. */
export function scriptsFor(preload: string | undefined, reach: Reach): { source: string; worldName?: string }[] {
  const secret = `electron-double-${Math.random()}`
  const names = { BINDING, RUNTIME, NODE_PATH }
  const own = reach.isolated ? { worldName: WORLD } : {}
  const when = reach.subFrames ? '' : 'if (window.top === window) '
  const link = `(${String(linkWorlds)})`
  const script = `const runtime = (${String(createRuntime)})(${JSON.stringify(names)}, ${reach.preloadNode}, ${
    reach.isolated ? `${link}('${secret}', 'preload', 'page')` : 'undefined'
  });
  ${reach.pageNode ? 'globalThis.require = runtime.require;' : ''}
  ((require, module, exports) => {${preload ?? ''}\n})(runtime.require, { exports: {} }, {});`
  return [
    ...(reach.isolated ? [{ source: `${when}${link}('${secret}', 'page', 'preload')` }] : []),
    { source: `${when}{ ${script} }`, ...own },
  ]
}
