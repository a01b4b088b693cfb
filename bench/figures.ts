// Figures and how they are printed.

/** The smallest of sorted values that a share of them doesn't exceed; NaN if there are none. */
export const quantile = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN

export const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((one, other) => one - other),
    0.5,
  )

export const grouped = (value: number): string => Math.round(value).toLocaleString('en')

/** Numbers to the right, the first column to the left. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ')
  return rows.map(line).join('\n')
}

/** How much the values rise from one to the next: the slope of the line of least squares. */
export function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const sum = (of: (value: number, index: number) => number) =>
    values.reduce((so, value, index) => so + of(value, index), 0)
  return sum((value, index) => value * (index - middle)) / sum((_, index) => (index - middle) ** 2)
}
