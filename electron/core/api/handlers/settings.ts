// The settings of the program, and the token for scripts.
import type { Settings, SettingsOut } from '../../../../shared/schemas/settings.ts'
import type { KeyFile } from '../../explain/llm/key.ts'
import type { SettingsService } from '../../settings/service.ts'
import type { Token } from '../token.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  settings: SettingsService
  keys: KeyFile
  about: SettingsOut['about']
  token: Pick<Token, 'current' | 'rotate'>
}

type SettingsHandlers = Pick<Handlers, 'getSettings' | 'updateSettings' | 'getToken' | 'rotateToken'>

export function settingsHandlers({ settings, keys, about, token }: Deps): SettingsHandlers {
  const withAbout = (current: Settings): SettingsOut => ({
    ...current,
    llm: { ...current.llm, has_key: keys.keyFor(current.llm.url) !== undefined },
    about,
  })
  return {
    getSettings: () => withAbout(settings.current()),
    async updateSettings({ body }) {
      const changed = await settings.change(body)
      if (body.llm?.api_key !== undefined) keys.save(changed.llm.url, body.llm.api_key)
      return withAbout(changed)
    },
    getToken: () => ({ token: token.current() }),
    rotateToken: () => ({ token: token.rotate() }),
  }
}
