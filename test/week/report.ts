// What the weeks came to, in figures.
import { grouped, median, table } from '../../bench/figures.ts'
import type { FalseAlarm, Outcome } from './outcome.ts'

const NIGHTS = 7

/** False alarms in each night of a week. */
const nightsOf = ({ falseAlarms }: Outcome): number[] =>
  Array.from({ length: NIGHTS }, (_, night) => falseAlarms.filter((each) => each.night === night).length)

export const worstNight = (week: Outcome): number => Math.max(...nightsOf(week))

export function report(weeks: readonly Outcome[]): string {
  const found = weeks.flatMap((week) => week.found)
  const faults = [...new Set(found.map(({ fault }) => fault))].toSorted()
  const rows = faults.map((fault) => {
    const all = found.filter((each) => each.fault === fault)
    const delays = all.flatMap(({ minutes }) => minutes ?? [])
    const inTime = all.filter((each) => each.inTime).length
    const notifications = all.reduce((sum, each) => sum + each.notifications, 0) / all.length
    return [
      fault,
      `${inTime}/${all.length}`,
      ...[median(delays), Math.max(...delays)].map(grouped),
      notifications.toFixed(1),
    ]
  })
  return [
    table([['fault', 'in time', 'median min', 'worst min', 'notifications'], ...rows]),
    ...(['office', 'home'] as const).map((scenario) => quiet(weeks.filter((week) => week.scenario === scenario))),
    ...weeks.flatMap(({ seed, falseAlarms }) => falseAlarms.map((each) => line(seed, each))),
  ].join('\n')
}

function quiet(weeks: readonly Outcome[]): string {
  const nights = weeks.flatMap(nightsOf)
  const atNight = nights.reduce((sum, each) => sum + each, 0)
  const byDay = weeks.reduce((sum, { falseAlarms }) => sum + falseAlarms.filter(({ night }) => night < 0).length, 0)
  const events = weeks.reduce((sum, each) => sum + each.events, 0) / weeks.length
  return [
    `${weeks[0]?.scenario}: false alarms at night: ${(atNight / nights.length).toFixed(3)} a night, ${Math.max(...nights)} at worst`,
    `by day: ${(byDay / nights.length).toFixed(2)} a day`,
    `events of any severity: ${grouped(events)} a week`,
  ].join('; ')
}

const line = (seed: number, { at, source, rules }: FalseAlarm) => `${seed} ${at} ${source}: ${rules.join(' | ')}`
