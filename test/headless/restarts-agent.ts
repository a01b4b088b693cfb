// The host agent as a process of its own, with readings that a test knows: a line in a file for each that was made.
import { appendFileSync } from 'node:fs'
import { startHostAgent } from '../../electron/agent/agent.ts'
import { systemClock, silentLog } from '../../electron/core/platform/ports.ts'

const [url = '', folder = '', made = ''] = process.argv.slice(2)

const agent = startHostAgent({
  url,
  folder,
  source: 'machine',
  intervalMs: 20,
  clock: systemClock,
  log: silentLog,
  async readings(now) {
    // Written down when the agent has taken it, which it does before the next turn.
    setImmediate(() => appendFileSync(made, `${now}\n`))
    return ['CPU', 'MEMORY', 'LOAD'].map((metricType) => ({ metricType, value: now % 100 }))
  },
})
process.once('SIGTERM', () => void agent.stop().then(() => process.exit(0)))
console.log('ready')
