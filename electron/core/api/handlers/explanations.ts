// Why an event fired: computed here, and in the words of a language model if the engineer has set one up and asks.
import { required } from '../../platform/errors.ts'
import type { Model } from '../../explain/llm/model.ts'
import { factsOf } from '../../explain/llm/prompt.ts'
import type { Store } from '../../store/types/store.ts'
import type { StoredEvent } from '../../store/types/events.ts'
import { explain } from '../../explain/explanation.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  store: Pick<Store, 'events' | 'samples' | 'series'>
  model: Pick<Model, 'promptAbout' | 'ask' | 'names'>
}

type ExplanationHandlers = Pick<Handlers, 'explainEvent' | 'getPrompt' | 'askModel' | 'listModels'>

export function explanationHandlers({ store, model }: Deps): ExplanationHandlers {
  const existing = (id: number): StoredEvent => required(store.events.get(id), 'event', id)

  const factsAbout = (event: StoredEvent) => factsOf(event, explain(store, event))

  return {
    explainEvent: ({ params }) => explain(store, existing(params.event_id)),
    getPrompt({ params }) {
      const event = existing(params.event_id)
      return model.promptAbout(subjectOf(event), factsAbout(event))
    },
    askModel({ params, query }) {
      const event = existing(params.event_id)
      return model.ask(subjectOf(event), () => factsAbout(event), query.digest)
    },
    listModels: async () => ({ models: await model.names() }),
  }
}

const subjectOf = ({ id }: StoredEvent) => `event ${id}`
