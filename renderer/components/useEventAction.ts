import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../client/client.ts'
import type { Action, Intent } from './actions.ts'
import { tell } from './tell.ts'

type Call = (call: { params: { event_id: number }; query: { comment?: string } }) => Promise<unknown>

const CALLS: Record<Action, Call> = {
  acknowledge: client.acknowledgeEvent,
  resolve: client.resolveEvent,
  falseAlarm: client.markFalsePositive,
}

/** Takes the step, has everything that shows the event read anew, and says so. */
export function useEventAction() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ action, event, comment }: Intent & { comment: string }) =>
      CALLS[action]({ params: { event_id: event.id }, query: comment ? { comment } : {} }),
    onSuccess(_, { action, event }) {
      tell(t(`action.done.${action}`), event.title, t('keys.close'))
    },
    onSettled(_, __, { event }) {
      for (const queryKey of [['events'], ['summary'], ['event', event.id]])
        void queries.invalidateQueries({ queryKey })
    },
  })
}
