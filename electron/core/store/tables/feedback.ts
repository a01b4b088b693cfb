// Feedback on events, until the watches of their series have applied it.
import type { Database } from 'better-sqlite3'
import type { Transactions } from '../sqlite/transactions.ts'
import type { FeedbackQueue, SeriesFeedback } from '../types/feedback.ts'

interface Row {
  id: number
  ruleId: number
  seriesId: number
  kind: SeriesFeedback['kind']
}

export function createFeedbackQueue(client: Database, { onCommit }: Pick<Transactions, 'onCommit'>): FeedbackQueue {
  const insert = client.prepare<[rule: number, series: number, kind: string]>(
    'INSERT INTO feedback (rule_id, series_id, kind) VALUES (?, ?, ?)',
  )
  const oldest = client.prepare<[limit: number], Row>(
    'SELECT id, rule_id AS ruleId, series_id AS seriesId, kind FROM feedback ORDER BY id LIMIT ?',
  )
  const remove = client.prepare<[upTo: number]>('DELETE FROM feedback WHERE id <= ?')
  const listeners: (() => void)[] = []
  // After a rollback there may be none although it says so, never the other way round.
  let isWaiting = oldest.get(1) !== undefined

  return {
    add({ ruleId, seriesId, kind }) {
      insert.run(ruleId, seriesId, kind)
      isWaiting = true
      for (const listener of listeners) onCommit(listener)
    },
    isWaiting: () => isWaiting,
    take(limit) {
      const rows = oldest.all(limit)
      const last = rows.at(-1)
      if (last) remove.run(last.id)
      else isWaiting = false
      return rows
    },
    onAdded: (listener) => void listeners.push(listener),
  }
}
