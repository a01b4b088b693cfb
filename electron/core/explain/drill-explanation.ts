// The explanation of a drill: the language model's if one is set up and answers, otherwise the statistical one.
import type { SimulationOut } from '../../../shared/schemas/simulation.ts'
import { textsFor } from '../../../shared/texts/texts.ts'
import { AppError } from '../platform/errors.ts'
import { explainDrill } from './drill.ts'
import type { Model } from './llm/model.ts'
import { factsOfDrill } from './llm/prompt.ts'

type Drill = Omit<SimulationOut, 'explanation'>

export async function explanationOfDrill(
  drill: Drill,
  model: Pick<Model, 'isOn' | 'ask'>,
): Promise<SimulationOut['explanation']> {
  const text = explainDrill(drill.detection, drill.events)
  if (!model.isOn()) return { kind: 'statistical', text, model: null }
  try {
    return await model.ask('drill', () => factsOfDrill(drill))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { kind: 'statistical', text: `${textsFor().modelFailed({ reason: error.message })} ${text}`, model: null }
  }
}
