// Runs a drill and answers with what came of it.
import type { Drills } from '../../detection/drills/drills.ts'
import { explanationOfDrill } from '../../explain/drill-explanation.ts'
import type { Model } from '../../explain/llm/model.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  drills: Drills
  model: Pick<Model, 'isOn' | 'ask'>
}

export const simulateHandlers = ({ drills, model }: Deps): Pick<Handlers, 'simulate'> => ({
  async simulate({ body }) {
    const { detection, events } = await drills.run(body)
    const drill = {
      simulation: {
        source: body.source,
        metric_type: body.metric_type,
        normal_points: body.normal_count,
        baseline_mean: body.baseline_mean,
        baseline_std: body.baseline_std,
        anomaly_value: body.anomaly_value,
      },
      detection,
      events_created: events.length,
      events,
    }
    return { ...drill, explanation: body.include_llm ? await explanationOfDrill(drill, model) : null }
  },
})
