import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { refreshEvents } from '../../api/queries/refreshEvents.ts'
import { isActionAllowed, type Action, type PendingGroupAction } from './actions.ts'
import { toast } from '../../ui/toast.ts'
import { groupTitle } from './groupTitle.ts'

type Call = (call: { params: { event_id: number }; query: { comment?: string } }) => Promise<unknown>

const CALLS: Record<Action, Call> = {
  acknowledge: client.acknowledgeEvent,
  resolve: client.resolveEvent,
  falseAlarm: client.markFalsePositive,
  confirm: client.confirmEvent,
  comment: ({ params, query: { comment = '' } }) => client.commentOnEvent({ params, body: { comment } }),
  reopen: client.reopenEvent,
  undo: client.undoEvent,
}

/** Runs an action on events and shows a toast once it is done. */
export function useEventAction() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    async mutationFn({ action, events, comment }: PendingGroupAction & { comment: string }) {
      for (const { id } of events.filter((each) => isActionAllowed(action, each)))
        await CALLS[action]({ params: { event_id: id }, query: comment ? { comment } : {} })
    },
    onSuccess(_, { action, event, events }) {
      toast(t(`action.done.${action}`), groupTitle(t, event, events), t('action.close'))
    },
    onSettled: () => refreshEvents(queries),
  })
}
