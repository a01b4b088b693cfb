// Free-text search over events: every word must occur in the title, the description or the name of the rule. Case is
// ignored, beyond ASCII too, so the rows of the period are read.
import type { Database } from 'better-sqlite3'
import { folded } from '../series/series-head.ts'

const MAX_WORDS = 16

/** For statements with `@words`. */
export const HAS_WORDS = `NOT EXISTS (
    SELECT 1 FROM json_each(@words) AS word
    WHERE instr(folded(events.title || ' ' || events.description || ' ' || events.rule_name), word.value) = 0)`

/** JSON for `@words`. */
export const wordsOf = (text: string): string =>
  JSON.stringify(folded(text).split(/\s+/).filter(Boolean).slice(0, MAX_WORDS))

/** Before a statement with `HAS_WORDS` is prepared. */
export const addTextSearch = (client: Database): void =>
  void client.function('folded', { deterministic: true }, (text: unknown) => folded(String(text)))
