// The language model, if one is configured: shows what would be sent to it, and sends it. Nothing is sent until the user
// has seen and confirmed a prompt for this address and model.
import { createHash } from 'node:crypto'
import type { ModelAnswer, Prompt } from '../../../../shared/schemas/model.ts'
import { AppError } from '../../platform/errors.ts'
import type { KeyFile } from '../../settings/model-key.ts'
import type { SettingsService } from '../../settings/service.ts'
import type { Store } from '../../store/types/store.ts'
import { messagesAbout } from './prompt.ts'
import { complete, namesOfModels, type Server } from './server.ts'

export interface Model {
  isOn(): boolean
  /** What would be sent; remembered for a while. Throws AppError CONFLICT if no model is enabled. */
  promptAbout(subject: string, facts: object): Prompt
  /**
   * Sends the prompt of this digest as it was shown, which confirms it; without a digest, a prompt of the present facts.
   * Throws AppError CONFLICT if the prompt is unknown or not confirmed, UPSTREAM_FAILED or UPSTREAM_TIMEOUT if the model
   * does not answer.
   */
  ask(subject: string, facts: () => object, digest?: string): Promise<ModelAnswer>
  /** The names of the models at the configured address. Throws as `ask` does. */
  names(): Promise<string[]>
  /** Aborts pending requests. */
  end(): void
}

interface Deps {
  settings: Pick<SettingsService, 'current'>
  store: Pick<Store, 'settings' | 'commit'>
  keys: Pick<KeyFile, 'keyFor'>
}

const CONFIRMED = 'llm_confirmed'

/** Shown prompts that can still be sent. */
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
    if (!llm.enabled) throw new AppError('CONFLICT', 'No language model is enabled. Enable one in the settings.')
    return llm
  }

  const server = (): Server => {
    const { url, timeout_seconds: timeoutSeconds } = current()
    return { url, key: keys.keyFor(url), timeoutSeconds, ending: ending.signal }
  }

  /** Whether a prompt was confirmed for the configured address and model. */
  const isConfirmed = () => store.settings.get(CONFIRMED) === nameOf(settings.current().llm)

  function promptAbout(subject: string, facts: object): Prompt {
    const { url, model } = current()
    if (model === '') throw new AppError('CONFLICT', 'The settings contain no model.')
    const messages = messagesAbout(facts)
    const body = JSON.stringify({ model, messages, stream: false })
    const digest = createHash('sha256').update(`${url}\n${body}`).digest('hex').slice(0, 32)
    remember(shown, digest, { subject, url, model, body })
    return { url, model, messages, body, digest, confirmed: isConfirmed() }
  }

  /** The prompt that was shown for the subject under this digest, if it would still go to the same model. */
  function shownRequest(subject: string, digest: string): Request {
    const request = shown.get(digest)
    if (request?.subject !== subject || nameOf(request) !== nameOf(current()))
      throw new AppError('CONFLICT', 'This prompt has expired. Review it again before you send it.')
    return request
  }

  return {
    isOn: () => settings.current().llm.enabled,
    promptAbout,
    async ask(subject, facts, digest) {
      const to = server()
      const { model, body } = digest === undefined ? promptAbout(subject, facts()) : shownRequest(subject, digest)
      if (digest !== undefined) await store.commit(() => store.settings.set(CONFIRMED, nameOf({ url: to.url, model })))
      else if (!isConfirmed())
        throw new AppError(
          'CONFLICT',
          'No prompt has been confirmed for this model. Review and confirm the prompt first.',
        )
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
