// The Node host: the core with the interface in a browser.
import { join } from 'node:path'
import { startHostAgent } from '../agent/agent.ts'
import { reasonForTerminal } from '../core/platform/escape-for-terminal.ts'
import { runCommand } from '../core/boot/command-line.ts'
import { HELP, readHostFlags, type HostFlags } from '../core/boot/flags.ts'
import { startTocsin } from '../core/boot/start.ts'
import { endOnErrors, endWhenAsked } from './ending.ts'
import { addPages } from './pages.ts'
import { createBrowserSession } from './session.ts'

/** The same from the source and from the built file. */
const ROOT = join(import.meta.dirname, '../..')

await runCommand(async () => {
  const flags = readHostFlags(process.argv.slice(2), process.env)
  if (flags.help) return console.log(HELP)
  try {
    await run(flags)
  } catch (error) {
    console.error(`Tocsin could not start: ${reasonForTerminal(error)}`)
    process.exit(1)
  }
})

async function run(flags: HostFlags) {
  const { app, url, version, log, stop } = await startTocsin(flags, {
    rootDir: ROOT,
    session: createBrowserSession,
    ownProcesses: true,
    startHostAgent,
    onLog: endOnErrors,
    addPages: (app, port) =>
      addPages(app.server, {
        rendererDir: join(ROOT, 'out/renderer'),
        session: createBrowserSession(() => app.token, port),
      }),
  })
  endWhenAsked(stop, log)
  console.log(`Tocsin ${version} runs without a desktop and keeps its data in ${flags.dataDir}. Open it in a browser:`)
  console.log(`${url}/?token=${app.token}`)
}
