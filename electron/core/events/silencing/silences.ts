// Creates, changes and ends silences; live events follow before a call resolves.
import type { z } from 'zod'
import type { operations } from '../../../../shared/contract/operations.ts'
import { definedFields } from '../../../../shared/domain/defined-fields.ts'
import { toIso } from '../../../../shared/domain/time.ts'
import type { Matcher, Silence } from '../../../../shared/schemas/silences.ts'
import { AppError, invalidField } from '../../platform/errors.ts'
import type { Clock } from '../../platform/ports.ts'
import type { Store } from '../../store/types/store.ts'
import { createMatcher, createNamesMatcher } from './active-silence.ts'
import { assertRuleExists } from './rule-exists.ts'
import type { SilenceService } from './service.ts'

type Body<K extends 'createSilence' | 'updateSilence' | 'previewSilence'> = z.output<(typeof operations)[K]['body']>

/** Active and scheduled ones: each event is matched against all of them. */
const MAX_SILENCES = 1000

/** Expired ones that are kept to be looked up. */
const MAX_EXPIRED = 10_000

interface Deps {
  store: Pick<Store, 'silences' | 'rules' | 'events' | 'series' | 'commit'>
  silencing: Pick<SilenceService, 'changed'>
  clock: Clock
  /** The name of the person at this machine. */
  user: string
}

export type Silences = ReturnType<typeof createSilences>

export function createSilences({ store, silencing, clock, user }: Deps) {
  const { silences } = store

  const write = async <T>(step: () => T): Promise<T> => {
    const result = await store.commit(step)
    await silencing.changed(user)
    return result
  }

  const assertValid = <S extends Pick<Silence, 'from' | 'to' | 'rule_id'>>(silence: S): S => {
    assertRuleExists(store.rules, silence)
    if (Date.parse(silence.to) <= Date.parse(silence.from)) throw invalidField('to', 'must lie after from')
    if (Date.parse(silence.to) <= clock.now()) throw invalidField('to', 'must lie in the future')
    return silence
  }

  const notExpired = (id: number): Silence => {
    const silence = silences.get(id)
    if (Date.parse(silence.to) <= clock.now()) throw new AppError('WRONG_STATE', `Silence ${id} has expired.`)
    return silence
  }

  /** Inside a transaction. */
  const insert = (body: Body<'createSilence'>): Silence => {
    const now = clock.now()
    if (silences.endingAfter(now).length >= MAX_SILENCES)
      throw new AppError('LIMIT', `The limit of ${MAX_SILENCES} active and scheduled silences is reached.`)
    silences.removePast(now, MAX_EXPIRED)
    const { rule_id = null, severity = null, from = toIso(now) } = body
    const created = { created_by: user, created_at: toIso(now) }
    return silences.insert(assertValid({ ...body, rule_id, severity, from, ...created }))
  }

  return {
    list: silences.list,

    /** Throws AppError LIMIT if there are too many, INVALID for an unknown rule or a span that ends too early. */
    create: (body: Body<'createSilence'>): Promise<Silence> => write(() => insert(body)),

    /** All of them or, throwing as `create` does, none. */
    createAll: (bodies: readonly Body<'createSilence'>[]): Promise<Silence[]> => write(() => bodies.map(insert)),

    /** Throws AppError NOT_FOUND, WRONG_STATE if it has expired, and as `create` does. */
    update: (id: number, body: Body<'updateSilence'>): Promise<Silence> =>
      write(() => silences.update(assertValid({ ...notExpired(id), ...definedFields(body) }))),

    /** Throws AppError NOT_FOUND, and WRONG_STATE if it has expired. */
    end: (id: number): Promise<Silence> =>
      write(() => {
        const silence = notExpired(id)
        const now = toIso(clock.now())
        // A scheduled silence never became active, so its span is empty.
        return silences.update({ ...silence, from: silence.from < now ? silence.from : now, to: now })
      }),

    /** How much a silence would match now. Throws AppError INVALID for an unknown rule. */
    preview(body: Body<'previewSilence'>): { live_events: number; series: number } {
      assertRuleExists(store.rules, body)
      const rule = typeof body.rule_id === 'number' && store.rules.get(body.rule_id)
      const named: Pick<Matcher, 'source' | 'metric_type'>[] = [body, ...(rule ? [rule] : [])]
      const matchers = named.map(createNamesMatcher)
      const matches = createMatcher(body)
      return {
        live_events: store.events.liveIds().filter((id) => matches(store.events.get(id)!)).length,
        series: store.series
          .all()
          .filter(({ source, metricType }) => matchers.every((isNamed) => isNamed({ source, metric_type: metricType })))
          .length,
      }
    },
  }
}
