import { expect, test } from 'vitest'
import {
  escapeForTerminal,
  escapeJsonForTerminal,
  reasonForTerminal,
} from '../../../electron/core/platform/escape-for-terminal.ts'

test.each([
  ['web-1 é 日本 👩‍🚒', 'web-1 é 日本 👩‍🚒'],
  ['a\r\nTocsin runs', 'a\\u000d\\u000aTocsin runs'],
  ['\u001b[2J\u009b2J\u0007', '\\u001b[2J\\u009b2J\\u0007'],
  ['\u202egpj.exe\u2069\u200f', '\\u202egpj.exe\\u2069\\u200f'],
  ['one\u2028two\u0085three', 'one\\u2028two\\u0085three'],
  ['W'.repeat(10_000), `${'W'.repeat(1000)}…`],
])('%j stands in one line', (text, line) => {
  expect(escapeForTerminal(text)).toBe(line)
  expect(reasonForTerminal(new Error(text))).toBe(line)
})

test('JSON keeps its meaning, and its lines end where they ended', () => {
  const text = '\u009b2J\u202e\u2028 é'
  const line = escapeJsonForTerminal(`${JSON.stringify({ text })}\n`)
  expect(line).toBe('{"text":"\\u009b2J\\u202e\\u2028 é"}\n')
  expect(JSON.parse(line)).toEqual({ text })
})
