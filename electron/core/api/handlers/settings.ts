// The settings of the program, and the token for scripts.
import type { SettingsOut } from '../../../../shared/schemas/settings.ts'
import type { EditableSettings } from '../../settings/editable-settings.ts'
import type { Token } from '../token.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  settings: EditableSettings
  about: SettingsOut['about']
  token: Pick<Token, 'current' | 'rotate'>
}

type SettingsHandlers = Pick<Handlers, 'getSettings' | 'updateSettings' | 'getToken' | 'rotateToken'>

export const settingsHandlers = ({ settings, about, token }: Deps): SettingsHandlers => ({
  getSettings: () => ({ ...settings.current(), about }),
  updateSettings: async ({ body }) => ({ ...(await settings.change(body)), about }),
  getToken: () => ({ token: token.current() }),
  rotateToken: () => ({ token: token.rotate() }),
})
