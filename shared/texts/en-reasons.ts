// Why a sample was flagged, in English: the reasons that detectors give.
import { formatDuration } from '../domain/format.ts'
import { plain } from '../domain/plain.ts'

const side = (distance: number) => (distance < 0 ? 'below' : 'above')

/** What does not scatter at all has a margin that only keeps a division from failing. */
const MIN_MARGIN = 1e-300

/** Two significant digits: how far the normal scatters is never known better. */
const rounded = (margin: number): string => (margin < MIN_MARGIN ? '0' : String(Number(margin.toPrecision(2))))

/** `24 above`: a deviation with its side. */
const deviationOf = (distance: number): string => `${plain(Math.abs(distance))} ${side(distance)}`

const normal = (level: number, margin: number) => `${plain(level)} ± ${rounded(margin)}`

const WEEKDAYS = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays']

interface Measured {
  value: number
  /** The method's own number for it, with its sign. */
  figure: number
  /** What it was measured by. */
  samples: number
}

interface Seasonal extends Omit<Measured, 'samples'> {
  when: string
  level: number
  spread: number
  /** How many days say so; 0 if none is known yet. */
  days: number
}

export const reasons = {
  hour: ({ value, expected, margin }: { value: number; expected: number; margin: number }) =>
    `${plain(value)} is ${deviationOf(value - expected)} normal for this hour (${normal(expected, margin)})`,
  weekday: ({ value, expected, margin }: { value: number; expected: number; margin: number }) =>
    `${plain(value)} is ${deviationOf(value - expected)} normal for this hour on this day of the week (${normal(expected, margin)})`,
  surge: ({ value, recent, margin }: { value: number; recent: number; margin: number }) =>
    `${plain(value)} is ${deviationOf(value - recent)} the recent level (${normal(recent, margin)})`,
  level: ({ mean, samples, level, margin }: { mean: number; samples: number; level: number; margin: number }) =>
    `The average of the last ${samples} samples, ${plain(mean)}, is ${deviationOf(mean - level)} normal (${normal(level, margin)})`,
  shift: ({ deviation, samples, margin }: { deviation: number; samples: number; margin: number }) =>
    `The last ${samples} samples are on average ${deviationOf(deviation)} normal for their hours (± ${rounded(margin)})`,
  novelty: ({ mean }: { mean: number }) =>
    `The last samples average ${plain(mean)}, a level that this series has never had`,
  stuck: ({ value, lasting, longest }: { value: number; lasting: number; longest: number | null }) =>
    `The value has been exactly ${plain(value)} for ${formatDuration(lasting)}; ` +
    (longest === null
      ? 'it normally changes with every sample'
      : `it normally changes within ${formatDuration(longest)}`),
  fromSamples: ({ reason, samples }: { reason: string; samples: number }) => `${reason} (from ${samples} samples).`,
  perSecond: ({ reason }: { reason: string }) => `Per second: ${reason}`,
  counterDip: ({ before, value }: { before: number; value: number }) =>
    `The counter fell by ${plain(before - value)} from ${plain(before)}: too little for a reset, so it is ignored.`,
  threshold: ({ value, which, limit }: { value: number; which: 'above' | 'below'; limit: number }) =>
    `${plain(value)} is ${which} the limit of ${plain(limit)}.`,
  noData: ({ silence, typical }: { silence: number; typical: number }) =>
    `No data for ${formatDuration(silence)}; a sample normally comes within ${formatDuration(typical)}.`,
  flat: ({ value, samples, level }: { value: number; samples: number; level: number }) =>
    `${plain(value)}, after ${samples} samples that were all ${plain(level)}.`,
  nearlyFlat: ({ value, samples, level }: { value: number; samples: number; level: number }) =>
    `${plain(value)}, while nearly all of the last ${samples} samples were ${plain(level)}.`,
  mostlyFlat: ({ value, samples, level }: { value: number; samples: number; level: number }) =>
    `${plain(value)}, while most of the last ${samples} samples were ${plain(level)}.`,
  zscore: ({ value, figure, mean, deviation, samples }: Measured & { mean: number; deviation: number }) =>
    `${plain(value)} is ${rounded(Math.abs(figure))} standard deviations ${side(figure)} the mean (${normal(mean, deviation)} over the last ${samples} samples).`,
  mad: ({ value, figure, median, spread, samples }: Measured & { median: number; spread: number }) =>
    `${plain(value)} is ${rounded(Math.abs(figure))} robust standard deviations ${side(figure)} the median (${normal(median, spread)} over the last ${samples} samples).`,
  iqr: ({ value, figure, first, third, samples }: Measured & { first: number; third: number }) =>
    `${plain(value)} is ${rounded(Math.abs(figure))} interquartile ranges ${side(figure)} normal (half of the last ${samples} samples were between ${plain(first)} and ${plain(third)}).`,
  drift: ({ median, mean, samples }: { median: number; mean: number; samples: number }) =>
    `The level has moved from ${plain(median)} to ${plain(mean)} over the last ${samples} samples.`,
  rate: ({ change, before, value, fine }: { change: number; before: number; value: number; fine: string }) =>
    `${change > 0 ? 'Rises' : 'Falls'} by ${plain(Math.abs(change))} per second, from ${plain(before)} to ${plain(value)} (${fine}).`,
  normalRate: ({ median, spread, changes }: { median: number; spread: number; changes: number }) =>
    `normal: ${normal(median, spread)} per second over the last ${changes} changes`,
  rateLimit: ({ limit }: { limit: number }) => `limit: ${plain(limit)} per second`,
  seasonal: ({ value, figure, when, level, spread, days }: Seasonal) =>
    `${plain(value)} is ${rounded(Math.abs(figure))} times the normal spread ${side(figure)} normal ${when} (${normal(level, spread)}, ` +
    (days === 0 ? 'not sure: no such day is known yet).' : `known from ${days} ${days === 1 ? 'day' : 'days'}).`),

  // When a value is normal, by what is known of a series
  onSameWeekday: ({ weekday, time }: { weekday: number; time: string }) => `on ${WEEKDAYS[weekday]} around ${time}`,
  onWeekdays: ({ time }: { time: string }) => `on weekdays around ${time}`,
  onWeekends: ({ time }: { time: string }) => `on weekends around ${time}`,
  onOtherDays: ({ time }: { time: string }) => `on other days around ${time}`,
  inLastHours: () => 'in the last hours',
  inLastMinutes: () => 'in the last minutes',
}
