// The language model that the engineer has set up, if any: what would be sent to it, and the sending. Nothing is sent
// before a prompt for this very address and model was looked at and confirmed.
import { createHash } from 'node:crypto'
import type { ModelAnswer, Prompt } from '../../../../shared/schemas/model.ts'
import { AppError } from '../../platform/errors.ts'
import type { SettingsService } from '../../settings/service.ts'
import type { Store } from '../../store/types/store.ts'
import type { KeyFile } from './key.ts'
import { messagesAbout } from './prompt.ts'
import { complete, namesOfModels, type Server } from './server.ts'

export interface Model {
  isOn(): boolean
  /** What would be sent, which is remembered for a while. Throws AppError CONFLICT where no model is switched on. */
  promptAbout(subject: string, facts: object): Prompt
  /**
   * Sends what `digest` names, as it was shown, and takes it as confirmed; without one, what the facts say now.
   * Throws AppError CONFLICT where that is not confirmed or not known, UPSTREAM_FAILED or UPSTREAM_TIMEOUT where the model gives no answer.
   */
  ask(subject: string, facts: () => object, digest?: string): Promise<ModelAnswer>
  /** The names of the models at the address that is set. Throws as `ask` does. */
  names(): Promise<string[]>
  /** Ends what is under way. */
  end(): void
}

interface Deps {
  settings: Pick<SettingsService, 'current'>
  store: Pick<Store, 'settings' | 'commit'>
  keys: Pick<KeyFile, 'keyFor'>
}

const CONFIRMED = 'llm_confirmed'

/** Prompts that were shown and may still be sent. */
const MAX_SHOWN = 20

interface Request {
  subject: string
  url: string
  model: string
  body: string
}

export function createModel({ settings, store, keys }: Deps): Model {
  const ending = new AbortController()
  const shown = new Map<string, Request>()

  const current = () => {
    const { llm } = settings.current()
    if (!llm.enabled) throw new AppError('CONFLICT', 'No language model is switched on; the settings have it.')
    return llm
  }

  const server = (): Server => {
    const { url, timeout_seconds: timeoutSeconds } = current()
    return { url, key: keys.keyFor(url), timeoutSeconds, ending: ending.signal }
  }

  /** Whether a prompt was confirmed for the address and the model that are set now. */
  const isConfirmed = () => store.settings.get(CONFIRMED) === nameOf(settings.current().llm)

  function promptAbout(subject: string, facts: object): Prompt {
    const { url, model } = current()
    if (model === '') throw new AppError('CONFLICT', 'No model is named in the settings.')
    const messages = messagesAbout(facts)
    const body = JSON.stringify({ model, messages, stream: false })
    const digest = createHash('sha256').update(`${url}\n${body}`).digest('hex').slice(0, 32)
    remember(shown, digest, { subject, url, model, body })
    return { url, model, messages, body, digest, confirmed: isConfirmed() }
  }

  /** What was shown of the subject under this digest, if that is still where it would go. */
  function asShown(subject: string, digest: string): Request {
    const request = shown.get(digest)
    if (request?.subject !== subject || nameOf(request) !== nameOf(current()))
      throw new AppError('CONFLICT', 'This prompt is not known any more; look at it again before it is sent.')
    return request
  }

  return {
    isOn: () => settings.current().llm.enabled,
    promptAbout,
    async ask(subject, facts, digest) {
      const to = server()
      const { model, body } = digest === undefined ? promptAbout(subject, facts()) : asShown(subject, digest)
      if (digest !== undefined) await store.commit(() => store.settings.set(CONFIRMED, nameOf({ url: to.url, model })))
      else if (!isConfirmed())
        throw new AppError('CONFLICT', 'Nobody has confirmed yet what is sent to this model; look at the prompt first.')
      return { kind: 'llm', text: await complete(to, body), model }
    },
    names: () => namesOfModels(server()),
    end: () => ending.abort(),
  }
}

const nameOf = ({ url, model }: { url: string; model: string }) => JSON.stringify([url, model])

function remember(shown: Map<string, Request>, digest: string, request: Request): void {
  shown.delete(digest)
  shown.set(digest, request)
  if (shown.size > MAX_SHOWN) shown.delete(shown.keys().next().value!)
}
