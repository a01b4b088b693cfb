// The saved states of detectors, and the watermark of evaluation.
import type { Database } from 'better-sqlite3'
import { EVALUATED_UP_TO } from '../sqlite/watermarks.ts'
import type { StateStore } from '../types/states.ts'
import type { Store } from '../types/store.ts'

interface Row {
  revision: number
  last_sample_id: number
  state: string
}

export function createStateStore(client: Database, settings: Store['settings']): StateStore {
  const load = client.prepare<[rule: number, series: number], Row>(
    'SELECT revision, last_sample_id, state FROM states WHERE rule_id = ? AND series_id = ?',
  )
  // The rule or the series may have been removed or changed meanwhile. Such a state is not needed any more.
  const save = client.prepare<
    [lastSampleId: number, state: string, ruleId: number, revision: number, seriesId: number]
  >(
    `INSERT INTO states (rule_id, series_id, revision, last_sample_id, state)
     SELECT rules.id, series.id, rules.revision, ?, ? FROM rules, series
     WHERE rules.id = ? AND rules.revision = ? AND series.id = ?
     ON CONFLICT (rule_id, series_id) DO UPDATE
     SET revision = excluded.revision, last_sample_id = excluded.last_sample_id, state = excluded.state`,
  )
  const deletion = client.prepare<[seriesId: number]>('DELETE FROM states WHERE series_id = ?')
  return {
    load(ruleId, seriesId) {
      const row = load.get(ruleId, seriesId)
      return (
        row && {
          ruleId,
          seriesId,
          revision: row.revision,
          lastSampleId: row.last_sample_id,
          state: JSON.parse(row.state) as unknown,
        }
      )
    },
    save(states) {
      for (const { lastSampleId, state, ruleId, revision, seriesId } of states)
        save.run(lastSampleId, JSON.stringify(state), ruleId, revision, seriesId)
    },
    remove: (seriesId) => void deletion.run(seriesId),
    evaluatedUpTo: () => Number(settings.get(EVALUATED_UP_TO) ?? 0),
    setEvaluatedUpTo: (id) => settings.set(EVALUATED_UP_TO, String(id)),
  }
}
