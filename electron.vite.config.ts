// How electron-vite builds the hosts, the preload script, the workers and the interface.
import { writeFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

/** The interface's files are asked for from deep addresses too, such as /events/5; electron-vite makes them relative. */
const absoluteAddresses = { name: 'absolute-addresses', config: () => ({ base: '/' }) }

/**
 * Writes which packages a target was made of to `out/<target>.packages.json`: the folders below this one, of what is in the
 * built files after all that nobody uses was left out.
 */
const namePackages = (target: string): Plugin => ({
  name: 'name-packages',
  writeBundle(_options, built) {
    const modules = Object.values(built).flatMap((each) => (each.type === 'chunk' ? each.moduleIds : []))
    const folders = modules.flatMap(
      (id) =>
        /node_modules\/.*node_modules\/(?:@[^/]+\/)?[^/]+|node_modules\/(?:@[^/]+\/)?[^/]+/.exec(
          id.replaceAll('\\', '/'),
        )?.[0] ?? [],
    )
    writeFileSync(`out/${target}.packages.json`, JSON.stringify([...new Set(folders)].toSorted(), undefined, 2))
  },
})

export default defineConfig({
  main: {
    plugins: [namePackages('main')],
    build: {
      outDir: 'out',
      emptyOutDir: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          'main/index': 'electron/main/index.ts',
          'headless/index': 'electron/headless/index.ts',
          'workers/checkpoint': 'electron/core/boot/workers/checkpoint.ts',
          'workers/backup': 'electron/core/boot/workers/backup.ts',
          'workers/integrity': 'electron/core/boot/workers/integrity.ts',
          'workers/backtest': 'electron/core/boot/workers/backtest.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  },
  preload: {
    plugins: [namePackages('preload')],
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script can require nothing but Electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'electron/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), absoluteAddresses, namePackages('renderer')],
    build: {
      outDir: 'out/renderer',
      // The interface opens in whatever browser the user has, too.
      target: 'es2022',
      // Without it, some 6,000 icons are read for the twenty that are used: four seconds of every build.
      rolldownOptions: { input: 'renderer/index.html', experimental: { lazyBarrel: true } },
    },
  },
})
