// The settings of the program, and the token for scripts.
import type { SettingsOut } from '../../../shared/schemas/settings.ts'
import type { SettingsDesk } from '../settings.ts'
import type { Store } from '../store/store.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  store: Pick<Store, 'commit'>
  settings: SettingsDesk
  about: SettingsOut['about']
  token: string
}

type SettingsHandlers = Pick<Handlers, 'getSettings' | 'updateSettings' | 'getToken'>

export const settingsHandlers = ({ store, settings, about, token }: Deps): SettingsHandlers => ({
  getSettings: () => ({ ...settings.current(), about }),
  updateSettings: async ({ body }) => ({ ...(await store.commit(() => settings.change(body))), about }),
  getToken: () => ({ token }),
})
