// The order of the folders: a folder imports only what is before it in its list. What each is for stands in its README.

export interface Tree {
  /** The folder whose folders are ordered; '' is the repository. */
  root: string
  /** From the bottom up. A nested one counts for itself and not for the folder around it. */
  folders: readonly string[]
  /** Files that may lie loose in the root. They come after every folder. */
  entries?: readonly string[]
}

export const TREES: readonly Tree[] = [
  {
    root: '',
    folders: [
      'examples',
      'shared',
      'electron/core',
      'electron/agent',
      'electron/cli',
      'electron/headless',
      'electron/preload',
      'electron/main',
      'renderer',
      'test/support',
      'scripts',
      'bench',
      'test',
    ],
    entries: ['electron.vite.config.ts'],
  },
  {
    root: 'electron/core',
    folders: [
      'platform',
      'detectors',
      'store',
      'settings',
      'ingest',
      'events',
      'rules',
      'detection',
      'notify',
      'explain',
      'backtest',
      'maintenance',
      'telemetry',
      'api',
      'boot',
    ],
  },
  {
    root: 'electron/core/store',
    folders: ['types', 'sqlite', 'head', 'series', 'tables', 'samples', 'events', 'recovery'],
    entries: ['open.ts', 'open-or-quarantine.ts'],
  },
  {
    root: 'renderer',
    folders: [
      'texts',
      'paths',
      'api',
      'ui',
      'features/charts',
      'features/event-parts',
      'features/bundle',
      'features/settings',
      'features/rules',
      'features/silences',
      'features/simulate',
      'features/series',
      'features/events',
      'features/summary',
      'shell',
    ],
    entries: ['main.tsx'],
  },
]
