// The points at which a host is killed, by the statements of its database.

export interface Point {
  /** What has been done in the same transaction before. */
  within?: RegExp
  /** The statement, followed by those of its values that are text or numbers, and by the tier of a block. */
  statement: RegExp
  when: 'before' | 'after'
  /** It comes once in the life of a host. */
  once?: true
}

const SAMPLES = /^INSERT INTO log/
const EVENT = /^INSERT INTO events/
const EVALUATED = /^INSERT INTO settings .* engine\.judged_up_to/s
const STATE = /^INSERT INTO states/
const BLOCK = /^INSERT INTO blocks .* tier 0$/s
const TRIM = /^DELETE FROM log/
const ROLLUPS = /^INSERT INTO blocks .* tier 1$/s
const MISSED = /^SELECT \* FROM changes WHERE id >/
const MOVE = /^wal_checkpoint/
const NOTIFIED = /^INSERT INTO settings .* told \{/s
const PENDING_DELETION = /^INSERT INTO settings .* sources\.leaving \[.+\]/s
/** Some of its series, with the last of their samples. */
const UNCOUNT = /^UPDATE sample_counts SET samples = samples -/
const BLOCK_GOES = /^DELETE FROM blocks/
const LEARNED_GOES = /^DELETE FROM states/
const BLANK = /^UPDATE series SET unit = NULL, last_value = 0/
const IS_GONE = /^INSERT INTO settings .* sources\.leaving \[\]/s
const COMMIT = /^COMMIT/
/** Those of the migration in program.ts. */
const NEW_TABLE = /^CREATE TABLE `__new_log`/
const DROP = /^DROP TABLE `log`/
const RENAME = /^ALTER TABLE `__new_log`/

const HEADLESS_POINTS = {
  'before the samples are in the log': { statement: SAMPLES, when: 'before' },
  'before the commit of samples': { within: SAMPLES, statement: COMMIT, when: 'before' },
  'after the commit of samples': { within: SAMPLES, statement: COMMIT, when: 'after' },
  'before the first event of an evaluation': { statement: EVENT, when: 'before' },
  'after an event, before the watermark of the evaluation': { statement: EVENT, when: 'after' },
  'after a state is saved': { statement: STATE, when: 'after' },
  'before the commit of an evaluation': { within: EVALUATED, statement: COMMIT, when: 'before' },
  'after the commit of an evaluation': { within: EVALUATED, statement: COMMIT, when: 'after' },
  'after the commit of an event, before the notification': { within: EVENT, statement: COMMIT, when: 'after' },
  'before a delivery': { statement: MISSED, when: 'before' },
  'in a delivery': { statement: MISSED, when: 'after' },
  "before a block's insert": { statement: BLOCK, when: 'before' },
  "after a block's insert": { statement: BLOCK, when: 'after' },
  'before the commit of blocks': { within: BLOCK, statement: COMMIT, when: 'before' },
  'after the commit of blocks': { within: BLOCK, statement: COMMIT, when: 'after' },
  "before the log's delete": { statement: TRIM, when: 'before' },
  "after the log's delete": { statement: TRIM, when: 'after' },
  "after the commit of the log's delete": { within: TRIM, statement: COMMIT, when: 'after' },
  'in retention, between samples and their rollups': { statement: ROLLUPS, when: 'before', once: true },
  'in retention, before its commit': { within: ROLLUPS, statement: COMMIT, when: 'before', once: true },
  'in retention, after its commit': { within: ROLLUPS, statement: COMMIT, when: 'after', once: true },
  'before the commit of a source that is to be deleted': {
    within: PENDING_DELETION,
    statement: COMMIT,
    when: 'before',
    once: true,
  },
  'after the commit of a source that is to be deleted': {
    within: PENDING_DELETION,
    statement: COMMIT,
    when: 'after',
    once: true,
  },
  'in a deletion, between the counts and the samples': { statement: UNCOUNT, when: 'after' },
  "after a deleted block's delete": { within: UNCOUNT, statement: BLOCK_GOES, when: 'after' },
  'in a deletion, between the learned state and the series': { statement: LEARNED_GOES, when: 'after' },
  'before the commit of a step of a deletion': { within: BLANK, statement: COMMIT, when: 'before' },
  'after the commit of a step of a deletion': { within: BLANK, statement: COMMIT, when: 'after' },
  'before the commit with which a source is gone': { within: IS_GONE, statement: COMMIT, when: 'before', once: true },
  'after the commit with which a source is gone': { within: IS_GONE, statement: COMMIT, when: 'after', once: true },
  'before a checkpoint, in its thread': { statement: MOVE, when: 'before' },
  'after a checkpoint, in its thread': { statement: MOVE, when: 'after' },
  'in a migration, at its beginning': { statement: NEW_TABLE, when: 'after', once: true },
  'in a migration, without the old table': { statement: DROP, when: 'after', once: true },
  'in a migration, before its commit': { within: RENAME, statement: COMMIT, when: 'before', once: true },
  'in a migration, after its commit': { within: RENAME, statement: COMMIT, when: 'after', once: true },
} satisfies Record<string, Point>

/** Of a host that notifies a person. On start, it records what was notified before. */
const NOTIFYING_POINTS = {
  'between a notification and the mark that it was shown': { statement: NOTIFIED, when: 'before' },
  'after the mark that a notification was shown': { within: NOTIFIED, statement: COMMIT, when: 'after' },
} satisfies Record<string, Point>

export const POINTS = { ...HEADLESS_POINTS, ...NOTIFYING_POINTS }

export type PointName = keyof typeof POINTS

/** Those to which a headless host comes. */
export const POINT_NAMES = Object.keys(HEADLESS_POINTS) as PointName[]

/** What the killed process reads. */
export interface Order {
  point: PointName
  /** When it reaches the point for the nth time. */
  time: number
  /** The file into which it writes the point's name before it dies. */
  note: string
}

/** The variable that holds an order as JSON. */
export const ORDER = 'TOCSIN_TEST_KILL'
