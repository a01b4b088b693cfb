// Which of the process' arguments are Tocsin's own.

/** Electron takes Chromium's and Node's switches from the same line, and some systems need one of them. */
const CHROMIUMS =
  /^--(no-sandbox|no-zygote|in-process-gpu|allow-|disable-|enable-|force-|use-|ozone-|remote-debugging-|inspect)/

/** @param packaged the program is the first argument itself, and not Electron with the program as its second */
export const ownArguments = (argv: readonly string[], packaged: boolean): string[] =>
  argv.filter((argument) => !CHROMIUMS.test(argument)).slice(packaged ? 1 : 2)
