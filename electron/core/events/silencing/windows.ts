// Creates, changes and deletes maintenance windows; live events follow before a call resolves.
import type { z } from 'zod'
import type { operations } from '../../../../shared/contract/operations.ts'
import { definedFields } from '../../../../shared/domain/defined-fields.ts'
import { toIso } from '../../../../shared/domain/time.ts'
import { AppError } from '../../platform/errors.ts'
import type { Clock } from '../../platform/ports.ts'
import { machineZone } from '../../platform/zoned-time.ts'
import type { Store } from '../../store/types/store.ts'
import { nextOccurrence } from './occurrences.ts'
import { assertRuleExists } from './rule-exists.ts'
import type { SilenceService } from './service.ts'

type Body<K extends 'createMaintenanceWindow' | 'updateMaintenanceWindow'> = z.output<(typeof operations)[K]['body']>

const MAX_WINDOWS = 200

interface Deps {
  store: Pick<Store, 'windows' | 'rules' | 'commit'>
  silencing: Pick<SilenceService, 'changed'>
  clock: Clock
  /** The name of the person at this machine. */
  user: string
}

export type MaintenanceWindows = ReturnType<typeof createMaintenanceWindows>

export function createMaintenanceWindows({ store, silencing, clock, user }: Deps) {
  const { windows } = store

  const write = async <T>(step: () => T): Promise<T> => {
    const result = await store.commit(step)
    await silencing.changed(user)
    return result
  }

  const withNext = (window: ReturnType<typeof windows.get>) => {
    const { from, to } = nextOccurrence(window, clock.now())
    return { ...window, next_from: toIso(from), next_to: toIso(to) }
  }

  return {
    list: () => windows.all().map(withNext),

    /** Throws AppError LIMIT if there are too many, INVALID for an unknown rule. */
    create: (body: Body<'createMaintenanceWindow'>) =>
      write(() => {
        assertRuleExists(store.rules, body)
        if (windows.all().length >= MAX_WINDOWS)
          throw new AppError('LIMIT', `The limit of ${MAX_WINDOWS} maintenance windows is reached.`)
        const { rule_id = null, severity = null, time_zone = machineZone() } = body
        const created = { created_by: user, created_at: toIso(clock.now()) }
        return withNext(windows.insert({ ...body, rule_id, severity, time_zone, ...created }))
      }),

    /** Throws AppError NOT_FOUND, and INVALID for an unknown rule. */
    update: (id: number, body: Body<'updateMaintenanceWindow'>) =>
      write(() => {
        assertRuleExists(store.rules, body)
        return withNext(windows.update({ ...windows.get(id), ...definedFields(body) }))
      }),

    /** Throws AppError NOT_FOUND. */
    remove: (id: number) => write(() => windows.remove(id)),
  }
}
