// The log of notifications: of what the user was notified, when and why.
import { z } from 'zod'
import { severity } from './event.ts'
import { hoursInQuery, id, idInPath, instant, limitInQuery, offsetInQuery } from './input.ts'

const NOTIFICATION_REASONS = ['firing', 'escalated', 'spread', 'reminder', 'resolved'] as const

const notificationReason = z.enum(NOTIFICATION_REASONS).meta({
  description:
    '`firing`: something new; `escalated`: the severity rose; `spread`: the incident is on twice as many sources; ' +
    '`reminder`: nobody acknowledged it; `resolved`: the incident has ended, which is logged and not shown.',
})
export type NotificationReason = z.infer<typeof notificationReason>

const notification = z.object({
  id,
  at: instant,
  incident_id: id,
  event_id: id.meta({ description: 'The event in the title: the most severe.' }),
  reason: notificationReason,
  severity,
  title: z.string(),
  events: z.int().min(1).meta({ description: 'Number of events it was about.' }),
  sources: z.int().min(1),
})
export type Notification = z.infer<typeof notification>

export const notificationsQuery = z.object({
  incident_id: idInPath.optional(),
  hours: hoursInQuery(720, 72),
  limit: limitInQuery(200, 50),
  offset: offsetInQuery,
})

export const notificationPage = z.object({
  total: z.int().min(0).meta({ description: 'Notifications on all pages.' }),
  notifications: z.array(notification),
})
