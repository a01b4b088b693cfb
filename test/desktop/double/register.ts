// `node --import test/desktop/double/register.ts out/main/index.js …` runs the built desktop host without Electron's
// binary: whoever imports `electron` gets the double.
import { registerHooks } from 'node:module'

const DOUBLE = new URL('electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: DOUBLE, shortCircuit: true } : next(specifier, context),
})
