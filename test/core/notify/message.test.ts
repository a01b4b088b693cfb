// The text of a notification.
import { expect, it } from 'vitest'
import { formatNotification } from '../../../electron/core/notify/message.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import { eventOf } from '../../renderer/event-of.ts'

const firing = (id: number, more: Partial<Event> = {}) =>
  eventOf(id, { severity: 'WARNING', source: 'web-1', title: `Event ${id}`, description: 'High.', ...more })

it('names the most severe event and the others', () => {
  const worst = firing(2, { metric_type: 'LOAD', severity: 'CRITICAL' })
  const message = formatNotification([firing(1, { metric_type: 'CPU' }), worst, firing(3, { metric_type: 'RAM' })])
  expect(message).toEqual({ event: worst, title: 'Event 2', body: 'High.\nAnd 2 more on web-1: CPU, RAM' })
})

it('names a limited number of metric types, each once', () => {
  const events = Array.from({ length: 10 }, (_, index) => firing(index + 1, { metric_type: `M${(index + 1) % 7}` }))
  expect(formatNotification(events).body).toBe('High.\nAnd 9 more on web-1: M2, M3, M4, M5, …')
})

it('names the sources if there are several', () => {
  const on = (id: number, source: string) => firing(id, { source, ...(id === 1 && { severity: 'CRITICAL' }) })
  const three = [on(1, 'db-1'), on(2, 'api'), on(3, 'web')]
  expect(formatNotification(three).body).toBe('High.\nAnd 2 more on api, web')
  const many = Array.from({ length: 8 }, (_, index) => on(index + 1, `host-${index}`))
  expect(formatNotification(many).body).toBe('High.\nAnd 7 more on host-1, host-2, host-3, host-4, 3 other sources')
})

it('describes a single event alone', () => {
  expect(formatNotification([firing(1)]).body).toBe('High.')
})

it('is plain text of a bounded length, whatever the names contain', () => {
  const evil = '<b>bold</b> & <img src=x>\n\u202Eexe.txt\u200B\u0007\u2028=1+1'
  const { title, body } = formatNotification([
    firing(1, { title: evil, description: evil + 'é'.repeat(5000), source: evil, severity: 'CRITICAL' }),
    firing(2, { metric_type: evil + '🔔'.repeat(256), source: evil }),
  ])
  expect(title).toBe('‹b›bold‹/b› ＆ ‹img src=x› exe.txt =1+1')
  const [description, others, ...more] = body.split('\n')
  expect(more).toEqual([])
  for (const line of [description!, others!]) {
    expect(line).not.toMatch(/[<>&\p{Cc}\p{Cf}\p{Zl}]/u)
    expect(Array.from(line)).toHaveLength(300)
    expect(line.endsWith('…')).toBe(true)
  }
})
