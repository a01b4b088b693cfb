// The meaning of event statuses.
import type { Status } from '../schemas/event.ts'

/** The author of automatic changes of an event. */
export const TOCSIN = 'tocsin'

/** Whether an event is open or acknowledged. */
export const isLive = ({ status }: { status: Status }) => status === 'OPEN' || status === 'ACKNOWLEDGED'
