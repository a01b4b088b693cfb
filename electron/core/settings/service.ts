// The settings that the engineer changes while the program runs; whoever needs one asks for it when it is needed.
import { withCurrentNames } from '../../../shared/schemas/former-names.ts'
import { settings, type Settings, type SettingsPatch } from '../../../shared/schemas/settings.ts'
import type { Store } from '../store/types/store.ts'

export interface SettingsService {
  current(): Settings
  /** Resolves with all of them once they are stored and effective. */
  change(patch: SettingsPatch): Promise<Settings>
}

const KEY = 'settings'

export function createSettingsService(store: Pick<Store, 'settings' | 'commit' | 'setDurableWrites'>): SettingsService {
  // An earlier version may have stored them under former names.
  const { input: stored } = withCurrentNames(settings, JSON.parse(store.settings.get(KEY) ?? '{}'))
  let current = settings.parse(stored)
  store.setDurableWrites(current.durable_writes)
  return {
    current: () => current,
    async change(patch) {
      await store.commit(() => write(patch))
      store.setDurableWrites(current.durable_writes)
      return current
    },
  }

  function write(patch: SettingsPatch): void {
    const notify = { ...current.notify, ...patch.notify }
    const quiet_hours = { ...current.quiet_hours, ...patch.quiet_hours }
    // Without its key, which the schema doesn't know: that has a file of its own.
    const llm = { ...current.llm, ...patch.llm }
    current = settings.parse({ ...current, ...patch, notify, quiet_hours, llm })
    store.settings.set(KEY, JSON.stringify(current))
  }
}
