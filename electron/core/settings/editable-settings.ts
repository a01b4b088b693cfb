// The settings as the engineer sees and changes them: with the key of the language model, which has a file of its own.
import type { SettingsOut, SettingsPatch } from '../../../shared/schemas/settings.ts'
import type { KeyFile } from './model-key.ts'
import type { SettingsService } from './service.ts'

type Shown = Omit<SettingsOut, 'about'>

export interface EditableSettings {
  current(): Shown
  /** Resolves with all of them once they are stored and in force. */
  change(patch: SettingsPatch): Promise<Shown>
}

interface Deps {
  settings: SettingsService
  keys: KeyFile
}

export function createEditableSettings({ settings, keys }: Deps): EditableSettings {
  function current(): Shown {
    const { llm, ...others } = settings.current()
    return { ...others, llm: { ...llm, has_key: keys.keyFor(llm.url) !== undefined } }
  }
  return {
    current,
    async change(patch) {
      const { llm } = await settings.change(patch)
      // A key belongs to the address that it came with.
      if (patch.llm?.api_key !== undefined) keys.save(llm.url, patch.llm.api_key)
      return current()
    },
  }
}
