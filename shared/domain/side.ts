// The side on which something is wrong.
export const SIDES = ['above', 'below', 'silent', 'stuck'] as const
export type Side = (typeof SIDES)[number]

/** What a detector says of a value, as far as it has a side. */
export interface Sided {
  lower: number | null
  upper: number | null
  figure: number | null
  /** Milliseconds without a sample, if that is what is wrong. */
  silence?: number | undefined
  /** Whether the value repeats itself, if that is what is wrong. */
  stuck?: boolean | undefined
}

/**
 * From the sign of the figure, else from the bound that was crossed: what is flagged for its neighbours' sake, such as an
 * average, may itself lie anywhere.
 */
export function sideOf({ lower, upper, figure, silence, stuck }: Sided, value: number): Side {
  if (silence !== undefined) return 'silent'
  if (stuck) return 'stuck'
  if (figure !== null && figure !== 0) return figure < 0 ? 'below' : 'above'
  return lower !== null && value < lower && !(upper !== null && value > upper) ? 'below' : 'above'
}
