// Building blocks of inputs: names, ids, times, and numbers in a query string.
import { z } from 'zod'

const DECIMAL = /^-?\d+(\.\d+)?$/

/**
 * A number in a query string. Query values are text; only plain decimal text becomes a number, so that
 * `''`, `0x10` and `1e3` are rejected by the schema instead of meaning 0, 16 and 1000.
 */
export const inQuery = <T extends z.ZodNumber>(schema: T) =>
  z.preprocess((raw: number | string) => (typeof raw === 'string' && DECIMAL.test(raw) ? Number(raw) : raw), schema)

/** `true` or `false` in a query string. */
export const flagInQuery = z.preprocess(
  (raw: boolean | string) => (raw === 'true' ? true : raw === 'false' ? false : raw),
  z.boolean(),
)

/** One of a fixed set of words. Case is ignored. */
export const wordInQuery = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.preprocess(
    (raw: T[number] | Lowercase<T[number]>) => (typeof raw === 'string' ? raw.toUpperCase() : raw),
    z.enum(words),
  )

/** The name of a source or of a metric type. */
export const name = z.string().min(1).max(256)

/** A time in ISO 8601: inputs have `Z` or an offset, answers are in UTC with `Z`. */
export const instantIn = z.iso.datetime({ offset: true })
export const instant = z.iso.datetime().meta({ description: 'Time in ISO 8601, UTC.' })

export const id = z.int().min(1)
export const idInPath = inQuery(id)

export const limitInQuery = (max: number, fallback: number) => inQuery(z.int().min(1).max(max)).default(fallback)
export const hoursInQuery = (max: number, fallback: number) => inQuery(z.int().min(1).max(max)).default(fallback)
export const offsetInQuery = inQuery(z.int().min(0)).default(0)

/** Words to search for, all of which must occur. */
export const textInQuery = z.string().trim().min(1).max(256).optional()

/** A person's comment on a change. It is a query parameter for compatibility. */
export const commentInQuery = z.string().min(1).max(1000).optional()
