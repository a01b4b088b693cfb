// What detectors say about a sample, as functions of facts: one place, so that a second language can be added.
import { formatDuration } from '../../../shared/domain/format.ts'
import { plain } from '../../../shared/domain/plain.ts'

const side = (distance: number) => (distance < 0 ? 'below' : 'above')

/** Two significant digits: how far the normal scatters is never known better. */
const rounded = (value: number): string => String(Number(value.toPrecision(2)))

/** `24 above`: a deviation with its side. */
const formatDeviation = (distance: number): string => `${plain(Math.abs(distance))} ${side(distance)}`

const normal = (level: number, margin: number) => `${plain(level)} ± ${rounded(margin)}`

export const texts = {
  hour: (value: number, expected: number, margin: number) =>
    `${plain(value)} is ${formatDeviation(value - expected)} normal for this hour (${normal(expected, margin)})`,
  weekday: (value: number, expected: number, margin: number) =>
    `${plain(value)} is ${formatDeviation(value - expected)} normal for this hour on this day of the week (${normal(expected, margin)})`,
  surge: (value: number, recent: number, margin: number) =>
    `${plain(value)} is ${formatDeviation(value - recent)} the recent level (${normal(recent, margin)})`,
  level: (mean: number, samples: number, level: number, margin: number) =>
    `The average of the last ${samples} samples, ${plain(mean)}, is ${formatDeviation(mean - level)} normal (${normal(level, margin)})`,
  shift: (deviation: number, samples: number, margin: number) =>
    `The last ${samples} samples are on average ${formatDeviation(deviation)} normal for their hours (± ${rounded(margin)})`,
  novelty: (mean: number) => `The last samples average ${plain(mean)}, a level that this series has never had`,
  stuck: (value: number, lasting: number, longest: number | null) =>
    `The value has been exactly ${plain(value)} for ${formatDuration(lasting)}; ` +
    (longest === null
      ? 'it normally changes with every sample'
      : `it normally changes within ${formatDuration(longest)}`),
  fromSamples: (reason: string, samples: number) => `${reason} (from ${samples} samples).`,
  perSecond: (reason: string) => `Per second: ${reason}`,
  counterDip: (before: number, value: number) =>
    `The counter fell by ${plain(before - value)} from ${plain(before)}: too little for a reset, so it is ignored.`,
  threshold: (value: number, which: 'above' | 'below', limit: number) =>
    `${plain(value)} is ${which} the limit of ${plain(limit)}.`,
  noData: (silence: number, typical: number) =>
    `No data for ${formatDuration(silence)}; a sample normally comes within ${formatDuration(typical)}.`,
  flat: (value: number, samples: number, level: number) =>
    `${plain(value)}, after ${samples} samples that were all ${plain(level)}.`,
  nearlyFlat: (value: number, samples: number, level: number) =>
    `${plain(value)}, while nearly all of the last ${samples} samples were ${plain(level)}.`,
  mostlyFlat: (value: number, samples: number, level: number) =>
    `${plain(value)}, while most of the last ${samples} samples were ${plain(level)}.`,
  zscore: (value: number, figure: number, mean: number, deviation: number, samples: number) =>
    `${plain(value)} is ${rounded(Math.abs(figure))} standard deviations ${side(figure)} the mean (${normal(mean, deviation)} over the last ${samples} samples).`,
  mad: (value: number, figure: number, median: number, spread: number, samples: number) =>
    `${plain(value)} is ${rounded(Math.abs(figure))} robust standard deviations ${side(figure)} the median (${normal(median, spread)} over the last ${samples} samples).`,
  iqr: (value: number, figure: number, first: number, third: number, samples: number) =>
    `${plain(value)} is ${rounded(Math.abs(figure))} interquartile ranges ${side(figure)} normal (half of the last ${samples} samples were between ${plain(first)} and ${plain(third)}).`,
  drift: (median: number, mean: number, samples: number) =>
    `The level has moved from ${plain(median)} to ${plain(mean)} over the last ${samples} samples.`,
  rate: (change: number, before: number, value: number, fine: string) =>
    `${change > 0 ? 'Rises' : 'Falls'} by ${plain(Math.abs(change))} per second, from ${plain(before)} to ${plain(value)} (${fine}).`,
  normalRate: (median: number, spread: number, changes: number) =>
    `normal: ${normal(median, spread)} per second over the last ${changes} changes`,
  rateLimit: (limit: number) => `limit: ${plain(limit)} per second`,
  seasonal: (value: number, figure: number, when: string, level: number, spread: number, days: number) =>
    `${plain(value)} is ${rounded(Math.abs(figure))} times the normal spread ${side(figure)} normal ${when} (${normal(level, spread)}, ` +
    (days === 0 ? 'not sure: no such day is known yet).' : `known from ${days} ${days === 1 ? 'day' : 'days'}).`),
}
