// Labelled series: folders with `data/` and what a person marked in it, as the Numenta Anomaly Benchmark publishes its
// own (`windows.json`: spans around an anomaly) or as lists of events (`events.json`: from first to last row).
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

export interface LabelledSeries {
  name: string
  /** Milliseconds since 1970 in UTC, row by row. */
  times: Float64Array
  values: Float64Array
  /** First and last row of each label. */
  spans: [first: number, last: number][]
}

export interface LabelledFolder {
  /** The kind of labels, which says how they are scored. */
  kind: 'windows' | 'events'
  folder: string
  series: LabelledSeries[]
}

/**
 * Reads a folder with labels, or each of the folders in it that has some.
 *
 * @param every of the series in the order of their names, every so many-th
 */
export function readLabelled(folder: string, names: readonly string[], every = 1): LabelledFolder[] {
  return ['', ...names].flatMap((name) =>
    (['windows', 'events'] as const).flatMap((kind) => {
      const file = join(folder, name, `${kind}.json`)
      return existsSync(file) ? [readFolder(join(folder, name), kind, file, every)] : []
    }),
  )
}

function readFolder(folder: string, kind: LabelledFolder['kind'], file: string, every: number): LabelledFolder {
  const labels = JSON.parse(readFileSync(file, 'utf8')) as Record<string, [string, string][]>
  const names = Object.keys(labels).toSorted()
  const series = names
    .filter((_, index) => index % every === 0)
    .map((name) => readSeries(join(folder, 'data', name), name, labels[name]!))
  return { kind, folder, series }
}

function readSeries(file: string, name: string, labels: readonly [string, string][]): LabelledSeries {
  const rows = parse(readFileSync(file, 'utf8'), { columns: true, skip_empty_lines: true, trim: true }) as {
    timestamp: string
    value: string
  }[]
  const times = Float64Array.from(rows, ({ timestamp }) => timeOf(timestamp))
  const spans = labels.map(([from, to]): [number, number] => [rowAt(times, from, name), rowAt(times, to, name)])
  return { name, times, values: Float64Array.from(rows, ({ value }) => Number(value)), spans }
}

function rowAt(times: Float64Array, timestamp: string, name: string): number {
  const row = times.indexOf(timeOf(timestamp))
  if (row < 0) throw new Error(`${name}: the label at ${timestamp} is on no row.`)
  return row
}

/** As in the data: no zone, read as UTC, with or without fractions of a second. */
const timeOf = (timestamp: string): number => Date.parse(`${timestamp.replace(' ', 'T')}Z`)
