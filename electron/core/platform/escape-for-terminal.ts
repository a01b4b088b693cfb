// Text from outside in a log or on a terminal: it must forge no line, steer no terminal and turn nothing around.

/** Beside the controls of C0: DEL and those of C1, what separates lines, and what sets a direction. */
const UNSEEN = '\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069'
const IN_JSON = new RegExp(`[${UNSEEN}]`, 'g')
const IN_TEXT = new RegExp(`[\\u0000-\\u001f${UNSEEN}]`, 'g')
const MAX_LENGTH = 1000

const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/** For one line of a terminal: such signs stand there as escapes, and what is longer than 1,000 characters is cut. */
export function escapeForTerminal(text: string): string {
  const line = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
  return line.replace(IN_TEXT, escaped)
}

/** JSON says the same with escapes; it has none of the controls of C0 but the end of its line. */
export const escapeJsonForTerminal = (line: string): string => line.replace(IN_JSON, escaped)

/** An error's message, escaped. */
export const reasonForTerminal = (error: unknown): string =>
  escapeForTerminal(error instanceof Error ? error.message : String(error))
