// Silences and maintenance windows: made, changed and ended. Live events follow before the answer is given.
import type { Matcher, Silence } from '../../../../shared/schemas/silences.ts'
import { AppError, invalidField } from '../../platform/errors.ts'
import { machineZone } from '../../platform/zoned-time.ts'
import type { Clock } from '../../platform/ports.ts'
import { nextOccurrence } from '../../events/silencing/occurrences.ts'
import type { SilenceService } from '../../events/silencing/service.ts'
import { createMatcher, createNamesMatcher } from '../../events/silencing/active-silence.ts'
import type { Store } from '../../store/types/store.ts'
import { definedFields } from '../../../../shared/domain/defined-fields.ts'
import type { Handlers } from './handlers.ts'

/** In force or to come: each is asked about every event. */
const MOST_SILENCES = 1000

/** Past ones that are kept to be looked up. */
const MOST_PAST = 10_000

const MOST_WINDOWS = 200

interface Deps {
  store: Pick<Store, 'silences' | 'windows' | 'rules' | 'events' | 'series' | 'commit'>
  quiet: Pick<SilenceService, 'changed'>
  clock: Clock
  user: string
}

type SilenceHandlers = Pick<
  Handlers,
  | 'listSilences'
  | 'createSilence'
  | 'previewSilence'
  | 'updateSilence'
  | 'endSilence'
  | 'listMaintenanceWindows'
  | 'createMaintenanceWindow'
  | 'updateMaintenanceWindow'
  | 'deleteMaintenanceWindow'
>

export function silenceHandlers({ store, quiet, clock, user }: Deps): SilenceHandlers {
  const { silences, windows } = store
  const made = () => ({ created_by: user, created_at: isoOf(clock.now()) })

  const write = async <T>(step: () => T): Promise<T> => {
    const result = await store.commit(step)
    await quiet.changed(user)
    return result
  }

  const refuseUnknownRule = ({ rule_id }: Pick<Matcher, 'rule_id'>) => {
    if (typeof rule_id === 'number' && !store.rules.get(rule_id))
      throw invalidField('rule_id', `there is no rule ${rule_id}`)
  }

  const refuseProblems = <S extends Pick<Silence, 'from' | 'to' | 'rule_id'>>(silence: S): S => {
    refuseUnknownRule(silence)
    if (Date.parse(silence.to) <= Date.parse(silence.from)) throw invalidField('to', 'must lie after from')
    if (Date.parse(silence.to) <= clock.now()) throw invalidField('to', 'must lie in the future')
    return silence
  }

  const notOver = (id: number): Silence => {
    const silence = silences.get(id)
    if (Date.parse(silence.to) <= clock.now()) throw new AppError('WRONG_STATE', `Silence ${id} is over.`)
    return silence
  }

  const withNext = (window: ReturnType<typeof windows.get>) => {
    const { from, to } = nextOccurrence(window, clock.now())
    return { ...window, next_from: isoOf(from), next_to: isoOf(to) }
  }

  return {
    listSilences: ({ query: { limit, offset } }) => silences.list(limit, offset),

    createSilence: ({ body }) =>
      write(() => {
        if (silences.endingAfter(clock.now()).length >= MOST_SILENCES)
          throw new AppError('LIMIT', `${MOST_SILENCES} silences are in force or to come, the most that may be.`)
        silences.forgetPast(clock.now(), MOST_PAST)
        const { rule_id = null, severity = null, from = isoOf(clock.now()) } = body
        return silences.insert(refuseProblems({ ...body, rule_id, severity, from, ...made() }))
      }),

    updateSilence: ({ params, body }) =>
      write(() => silences.update(refuseProblems({ ...notOver(params.silence_id), ...definedFields(body) }))),

    endSilence: ({ params }) =>
      write(() => {
        const silence = notOver(params.silence_id)
        const now = isoOf(clock.now())
        // One that was to come never was: its time is empty.
        return silences.update({ ...silence, from: silence.from < now ? silence.from : now, to: now })
      }),

    previewSilence({ body }) {
      refuseUnknownRule(body)
      const rule = typeof body.rule_id === 'number' && store.rules.get(body.rule_id)
      const named = [body, ...(rule ? [rule] : [])].map(createNamesMatcher)
      const matches = createMatcher(body)
      return {
        live_events: store.events.liveIds().filter((id) => matches(store.events.get(id)!)).length,
        series: store.series
          .all()
          .filter(({ source, metricType }) => named.every((isNamed) => isNamed({ source, metric_type: metricType })))
          .length,
      }
    },

    listMaintenanceWindows: () => windows.all().map(withNext),

    createMaintenanceWindow: ({ body }) =>
      write(() => {
        refuseUnknownRule(body)
        if (windows.all().length >= MOST_WINDOWS)
          throw new AppError('LIMIT', `There are ${MOST_WINDOWS} maintenance windows already, the most that may be.`)
        const { rule_id = null, severity = null, time_zone = machineZone() } = body
        return withNext(windows.insert({ ...body, rule_id, severity, time_zone, ...made() }))
      }),

    updateMaintenanceWindow: ({ params, body }) =>
      write(() => {
        refuseUnknownRule(body)
        return withNext(windows.update({ ...windows.get(params.window_id), ...definedFields(body) }))
      }),

    deleteMaintenanceWindow: ({ params }) => write(() => windows.remove(params.window_id)),
  }
}

const isoOf = (time: number) => new Date(time).toISOString()
