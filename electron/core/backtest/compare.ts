// Compares two versions of a rule on one series, with the feedback on its events. Pure.
import type { Comparison } from '../../../shared/schemas/backtest.ts'

/** In milliseconds since 1970, both ends included. */
export interface Span {
  from: number
  to: number
}

/** An event with feedback. */
export interface FeedbackEvent extends Span {
  feedback: 'confirmed' | 'false'
}

/** Whether one of these spans, which follow each other in time, overlaps another one. */
export function overlapping(spans: readonly Span[]): (other: Span) => boolean {
  return ({ from, to }) => {
    let [low, high] = [0, spans.length]
    // The last one that begins in time reaches furthest.
    while (low < high) {
      const middle = (low + high) >>> 1
      if (spans[middle]!.from <= to) low = middle + 1
      else high = middle
    }
    return low > 0 && spans[low - 1]!.to >= from
  }
}

/** @param feedback events of the rule on this series */
export function compare(
  present: readonly Span[],
  given: readonly Span[],
  feedback: readonly FeedbackEvent[],
): Comparison {
  const [firedBefore, firesNow] = [overlapping(present), overlapping(given)]
  const kept = present.filter(firesNow).length
  const known = feedback.filter(firedBefore)
  const lost = known.filter((event) => !firesNow(event))
  const countOf = (events: readonly FeedbackEvent[], what: FeedbackEvent['feedback']) =>
    events.filter(({ feedback }) => feedback === what).length
  return {
    kept,
    gone: present.length - kept,
    new: given.filter((span) => !firedBefore(span)).length,
    confirmed: countOf(known, 'confirmed'),
    confirmed_lost: countOf(lost, 'confirmed'),
    false_alarms: countOf(known, 'false'),
    false_alarms_gone: countOf(lost, 'false'),
  }
}
