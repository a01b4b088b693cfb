// A host that notifies a person, who is a file beside the data folder: what the desktop does, without a desktop.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { readHostFlags } from '../../../electron/core/boot/flags.ts'
import { startHostAgent } from '../../../electron/agent/agent.ts'
import { startTocsin } from '../../../electron/core/boot/start.ts'
import { ROOT } from './program.ts'

const flags = readHostFlags(process.argv.slice(2), process.env)
const { app, url } = await startTocsin(flags, { rootDir: ROOT, startHostAgent })
app.notify(({ event }) => appendFileSync(join(flags.dataDir, '../notified'), `${event.source}\n`))
console.log(`${url}/?token=${app.token}`)
