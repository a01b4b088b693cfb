// What a drill showed, in sentences, without a language model.
import type { Detection } from '../../../shared/schemas/detection.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import { textsFor } from '../../../shared/texts/texts.ts'

const texts = textsFor()

export function explainDrill(
  { current_value: value, figure, lower, upper, history_count: samples }: Detection,
  events: readonly Event[],
): string {
  const evaluated =
    figure === null || lower === null || upper === null
      ? texts.tooFewSamples({ samples })
      : texts.drillEvaluated({ value, samples, lower, upper, deviations: figure })
  const fired = events.map(({ rule_name: rule, severity, description }) =>
    texts.ruleFired({ rule, severity, description }),
  )
  return [texts.computed(), evaluated, ...(fired.length > 0 ? fired : [texts.noRuleFired()])].join(' ')
}
