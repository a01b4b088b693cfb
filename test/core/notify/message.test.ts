// What the person at this machine reads of an incident.
import { expect, it } from 'vitest'
import { formatNotification } from '../../../electron/core/notify/message.ts'
import type { Event } from '../../../shared/schemas/event.ts'
import { eventOf } from '../../renderer/event-of.ts'

const ringing = (id: number, more: Partial<Event> = {}) =>
  eventOf(id, { severity: 'WARNING', source: 'web-1', title: `Event ${id}`, description: 'High.', ...more })

it('names the worst of the events and the others', () => {
  const worst = ringing(2, { metric_type: 'LOAD', severity: 'CRITICAL' })
  const notice = formatNotification([ringing(1, { metric_type: 'CPU' }), worst, ringing(3, { metric_type: 'RAM' })])
  expect(notice).toEqual({ event: worst, title: 'Event 2', body: 'High.\nAnd 2 more on web-1: CPU, RAM' })
})

it('names as many as there is room for, each once', () => {
  const events = Array.from({ length: 10 }, (_, index) => ringing(index + 1, { metric_type: `M${(index + 1) % 7}` }))
  expect(formatNotification(events).body).toBe('High.\nAnd 9 more on web-1: M2, M3, M4, M5, …')
})

it('is of the event alone where it stands alone', () => {
  expect(formatNotification([ringing(1)]).body).toBe('High.')
})

it('is plain text of a bounded length, whatever the names say', () => {
  const evil = '<b>bold</b> & <img src=x>\n\u202Eexe.txt\u200B\u0007\u2028=1+1'
  const { title, body } = formatNotification([
    ringing(1, { title: evil, description: evil + 'é'.repeat(5000), source: evil, severity: 'CRITICAL' }),
    ringing(2, { metric_type: evil + '🔔'.repeat(256), source: evil }),
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
