// How the process ends: cleanly when it is asked to, at once when it is asked twice, and never silently.
import type { Logger } from 'pino'
import { reasonForTerminal } from '../core/platform/escape-for-terminal.ts'
import { whenNpmEnds } from '../core/boot/command-line.ts'

/** A service manager kills what does not end in time; 3 s are promised. */
const LAST_RESORT_MS = 2_500

/** npm hands on the Ctrl-C that the terminal has sent to us as well: both are one. */
const SAME_SIGNAL_MS = 500

export function endWhenAsked(close: () => Promise<void>, log: Logger): void {
  let askedAt: number | undefined

  function end(reason: string) {
    askedAt = performance.now()
    log.info({ reason }, 'Stopping')
    setTimeout(() => {
      log.error({}, 'Not everything stopped in time')
      process.exit(1)
    }, LAST_RESORT_MS)
    close().then(
      () => {
        log.info({}, 'Stopped')
        process.exit(0)
      },
      (error: unknown) => endWithError(log, 'Tocsin did not end cleanly', error),
    )
  }

  function onSignal(signal: NodeJS.Signals) {
    if (askedAt === undefined) end(signal)
    else if (performance.now() - askedAt > SAME_SIGNAL_MS) process.exit(1)
  }

  process.on('SIGTERM', onSignal).on('SIGINT', onSignal)
  whenNpmEnds(() => {
    if (askedAt === undefined) end('npm ended')
  })
}

export function endOnErrors(log: Logger): void {
  const end = (error: unknown) => endWithError(log, 'Tocsin ended because of an error that nothing had handled', error)
  process.on('uncaughtException', end).on('unhandledRejection', end)
}

function endWithError(log: Logger, what: string, error: unknown): never {
  log.fatal({ err: error }, what)
  console.error(`${what}: ${reasonForTerminal(error)}`)
  process.exit(1)
}
