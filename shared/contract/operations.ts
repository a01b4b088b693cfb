// The contract: every operation of the API, declared once. Routes, client and OpenAPI document are derived from it.
import { events } from './operations/events.ts'
import { incidents } from './operations/incidents.ts'
import { notifications } from './operations/notifications.ts'
import { program } from './operations/program.ts'
import { rules } from './operations/rules.ts'
import { samples } from './operations/samples.ts'
import { silences } from './operations/silences.ts'

export const operations = {
  ...samples,
  ...events,
  ...incidents,
  ...notifications,
  ...silences,
  ...rules,
  ...program,
} as const

export type Operations = typeof operations
export type OperationName = keyof Operations
