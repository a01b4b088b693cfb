// The handlers of all operations, each with the services that it translates for.
import type { SettingsOut } from '../../../shared/schemas/settings.ts'
import type { Backtest } from '../backtest/create-backtest.ts'
import type { Detection } from '../detection/create-detection.ts'
import type { Events } from '../events/create-events.ts'
import type { Model } from '../explain/llm/model.ts'
import type { Ingest } from '../ingest/ingest.ts'
import { createSampleHistory } from '../ingest/sample-history.ts'
import type { Maintenance } from '../maintenance/create-maintenance.ts'
import type { SystemNotices } from '../maintenance/system-notices.ts'
import type { Clock } from '../platform/ports.ts'
import type { RuleService } from '../rules/service.ts'
import { createRuleStatistics } from '../rules/statistics.ts'
import { createEditableSettings } from '../settings/editable-settings.ts'
import type { KeyFile } from '../settings/model-key.ts'
import type { SettingsService } from '../settings/service.ts'
import type { Store } from '../store/types/store.ts'
import type { SystemStatus } from '../telemetry/status.ts'
import { backtestHandlers } from './handlers/backtests.ts'
import { backupHandlers } from './handlers/backups.ts'
import { budgetHandlers } from './handlers/budget.ts'
import { bundleHandlers } from './handlers/bundles.ts'
import { detectHandlers } from './handlers/detect.ts'
import { eventHandlers } from './handlers/events.ts'
import { explanationHandlers } from './handlers/explanations.ts'
import type { Handlers } from './handlers/handlers.ts'
import { healthHandlers } from './handlers/health.ts'
import { notificationHandlers } from './handlers/notifications.ts'
import { incidentHandlers } from './handlers/incidents.ts'
import { metricHandlers } from './handlers/metrics.ts'
import { proposalHandlers } from './handlers/proposals.ts'
import { ruleHandlers } from './handlers/rules.ts'
import { settingsHandlers } from './handlers/settings.ts'
import { silenceHandlers } from './handlers/silences.ts'
import { simulateHandlers } from './handlers/simulate.ts'
import type { Token } from './token.ts'

interface Services {
  store: Store
  clock: Clock
  token: Token
  about: SettingsOut['about']
  ingest: Ingest
  events: Events
  rules: RuleService
  settings: SettingsService
  detection: Detection
  backtest: Backtest
  keys: KeyFile
  model: Model
  maintenance: Maintenance
  notices: SystemNotices
  status: SystemStatus
}

export function createHandlers(services: Services): Handlers {
  const { store, clock, events, detection, backtest, maintenance, model, rules } = services
  const { actions, silencing, silences, windows } = events
  return {
    ...metricHandlers({
      ...services,
      sourceDeletion: maintenance.sourceDeletion,
      history: createSampleHistory(services),
    }),
    ...eventHandlers({ store, clock, actions, silencing }),
    ...incidentHandlers(events.incidents, clock),
    ...notificationHandlers(store, clock),
    ...silenceHandlers({ silences, windows }),
    ...explanationHandlers({ store, model }),
    ...ruleHandlers({ store, rules }),
    ...budgetHandlers(createRuleStatistics({ store, clock })),
    ...proposalHandlers(backtest.proposals),
    ...backtestHandlers(backtest.backtests),
    ...detectHandlers(detection.previews),
    ...simulateHandlers({ drills: detection.drills, model }),
    ...healthHandlers(services),
    ...backupHandlers(maintenance.backups),
    ...bundleHandlers({ store, clock, version: services.about.version }),
    ...settingsHandlers({ ...services, settings: createEditableSettings(services) }),
  }
}
