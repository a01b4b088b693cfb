// Joins the handlers of all operations from the services of the rooms.
import type { BacktestRoom } from '../backtest/create-backtest.ts'
import type { DetectionRoom } from '../detection/create-detection.ts'
import type { EventsRoom } from '../events/create-events.ts'
import type { ExplainRoom } from '../explain/create-explain.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { MaintenanceRoom } from '../maintenance/create-maintenance.ts'
import type { Clock } from '../platform/ports.ts'
import type { RulesRoom } from '../rules/create-rules.ts'
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
import { incidentHandlers } from './handlers/incidents.ts'
import { metricHandlers } from './handlers/metrics.ts'
import { proposalHandlers } from './handlers/proposals.ts'
import { ruleHandlers } from './handlers/rules.ts'
import { settingsHandlers } from './handlers/settings.ts'
import { silenceHandlers } from './handlers/silences.ts'
import { simulateHandlers } from './handlers/simulate.ts'
import type { Token } from './token.ts'

interface Deps {
  store: Store
  clock: Clock
  settings: SettingsService
  token: Token
  about: Parameters<typeof settingsHandlers>[0]['about']
  ingest: Ingest
  events: EventsRoom
  rules: RulesRoom
  detection: DetectionRoom
  explain: ExplainRoom
  backtest: BacktestRoom
  maintenance: MaintenanceRoom
  status: SystemStatus
}

export function createHandlers(deps: Deps): Handlers {
  const { store, clock, events, rules, detection, explain, backtest, maintenance, status } = deps
  return {
    ...metricHandlers({ ...deps, sourceDeletion: maintenance.sourceDeletion }),
    ...eventHandlers({ ...events, store, clock }),
    ...incidentHandlers(events.incidents, clock),
    ...silenceHandlers(events),
    ...explanationHandlers({ store, model: explain.model }),
    ...ruleHandlers({ store, rules: rules.rules }),
    ...budgetHandlers(rules.statistics),
    ...proposalHandlers(backtest.proposals),
    ...backtestHandlers(backtest.backtests),
    ...detectHandlers(detection.previews),
    ...simulateHandlers({ drills: detection.drills, model: explain.model }),
    ...healthHandlers({ status, notices: maintenance.notices }),
    ...backupHandlers(maintenance.backups),
    ...bundleHandlers({ store, clock, version: deps.about.version }),
    ...settingsHandlers({ ...deps, keys: explain.keys }),
  }
}
