// Wires the room: the language model and the file with its key.
import type { SettingsService } from '../settings/service.ts'
import type { Store } from '../store/types/store.ts'
import { createKeyFile, type KeyFile } from './llm/key.ts'
import { createModel, type Model } from './llm/model.ts'

interface Deps {
  store: Store
  settings: Pick<SettingsService, 'current'>
  dataDir: string
}

export interface ExplainRoom {
  keys: KeyFile
  model: Model
}

export function createExplain({ store, settings, dataDir }: Deps): ExplainRoom {
  const keys = createKeyFile(dataDir)
  return { keys, model: createModel({ store, settings, keys }) }
}
