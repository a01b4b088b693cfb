// System status and its notices.
import type { SystemNotices } from '../../maintenance/system-notices.ts'
import type { SystemStatus } from '../../telemetry/status.ts'
import type { Handlers } from './handlers.ts'

interface Deps {
  status: SystemStatus
  notices: Pick<SystemNotices, 'dismiss'>
}

export const healthHandlers = ({ status, notices }: Deps): Pick<Handlers, 'getHealth' | 'dismissNotice'> => ({
  getHealth: () => status.current(),
  dismissNotice: ({ params }) => notices.dismiss(params.notice_id),
})
