// What a drill showed, in plain sentences. No language model has a part in it.
import { plain } from '../../../shared/domain/plain.ts'
import type { Detection } from '../../../shared/schemas/detection.ts'
import type { Event } from '../../../shared/schemas/event.ts'

export function explainDrill(
  { current_value, figure, lower, upper, history_count }: Detection,
  events: readonly Event[],
): string {
  const judged =
    figure === null || lower === null || upper === null
      ? `${history_count} samples are too few to say what is usual.`
      : `${plain(current_value)} was measured against ${history_count} samples, of which nearly all are expected between ${plain(lower)} and ${plain(upper)}; it lies ${plain(Math.abs(figure))} standard deviations ${figure < 0 ? 'below' : 'above'} their mean.`
  const rang = events.map(({ rule_name, severity, description }) => `${rule_name} rang (${severity}): ${description}`)
  return [
    'Computed from statistics, without a language model.',
    judged,
    ...(rang.length > 0 ? rang : ['No rule rang.']),
  ].join(' ')
}
