// What the commands of the program share: how they read their flags, and how they end together with npm.
import { parseArgs, type ParseArgsConfig } from 'node:util'

/** A flag that can't be used; the message is a sentence that names it. */
export class UsageError extends Error {}

/** Strict: an unknown flag, a missing value or a stray word throws UsageError. */
export const readFlags = <const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
) => readArguments({ args, options }).values

/** As `parseArgs` of Node, but what can't be used throws UsageError. */
export function readArguments<const Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs(config)
  } catch (error) {
    // Node explains in a second sentence how to pass a value that begins with a dash.
    throw error instanceof TypeError ? new UsageError(error.message.split('. ', 1)[0]!.replace(/\.?$/, '.')) : error
  }
}

/** Runs a command; a UsageError ends the process with code 2 when nothing else keeps it. */
export async function runCommand(run: () => void | Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(`${error.message} See --help.`)
    process.exitCode = 2
  }
}

const NPM_CHECK_MS = 250

/** npm hands a SIGTERM on to the shell that it has started us with, and some shells die of it without passing it on. */
export function whenNpmEnds(then: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  const check = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(check)
    then()
  }, NPM_CHECK_MS).unref()
}
