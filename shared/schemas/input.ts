// Building blocks for what comes in: text that must fit, numbers that arrive as text in a query.
import { z } from 'zod'

const DECIMAL = /^-?\d+(\.\d+)?$/

/**
 * A number in a query string. Query values are text; only plain decimal text becomes a number, so that
 * `''`, `0x10` and `1e3` are refused by the schema instead of meaning 0, 16 and 1000.
 */
export const inQuery = <T extends z.ZodNumber>(schema: T) =>
  z.preprocess((raw: number | string) => (typeof raw === 'string' && DECIMAL.test(raw) ? Number(raw) : raw), schema)

/** `true` or `false` in a query string. */
export const flagInQuery = z.preprocess(
  (raw: boolean | string) => (raw === 'true' ? true : raw === 'false' ? false : raw),
  z.boolean(),
)

/** One of a fixed set of words, in any case. */
export const wordInQuery = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.preprocess(
    (raw: T[number] | Lowercase<T[number]>) => (typeof raw === 'string' ? raw.toUpperCase() : raw),
    z.enum(words),
  )

/** A name of a source or a metric type. */
export const name = z.string().min(1).max(256)

/** An instant: ISO 8601 with `Z` or an offset coming in, always UTC with `Z` going out. */
export const instantIn = z.iso.datetime({ offset: true })
export const instant = z.iso.datetime().meta({ description: 'ISO 8601 in UTC' })

export const id = z.int().min(1)
export const idInPath = inQuery(id)

export const limitInQuery = (most: number, usual: number) => inQuery(z.int().min(1).max(most)).default(usual)
export const hoursInQuery = (most: number, usual: number) => inQuery(z.int().min(1).max(most)).default(usual)
export const offsetInQuery = inQuery(z.int().min(0)).default(0)

/** A person's remark on a change; it travels in the query, as in the seed's API. */
export const commentInQuery = z.string().min(1).max(1000).optional()
