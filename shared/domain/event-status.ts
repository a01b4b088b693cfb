// What the status of an event means.
import type { Status } from '../schemas/event.ts'

/** Who stands in an event and its timeline if no person acted. */
export const TOCSIN = 'tocsin'

/** Whether an event goes on: it is open, acknowledged or not. */
export const isLive = ({ status }: { status: Status }) => status === 'OPEN' || status === 'ACKNOWLEDGED'
