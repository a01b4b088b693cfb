import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../shared/schemas/event.ts'
import { ACTIONS, isActionAllowed, ACTION_KEYS, type Action, type PendingAction } from './actions.ts'
import { toast } from '../../ui/toast.ts'
import type { Shortcuts } from '../../ui/useShortcuts.ts'

/** The pending action, and the shortcuts that start one of these for `event`. */
export function usePendingAction(event: Event | undefined, actions: readonly Action[] = ACTIONS) {
  const { t } = useTranslation()
  const [pending, setPending] = useState<PendingAction>()

  const start = (action: Action) => () => {
    if (!event) return
    if (isActionAllowed(action, event)) setPending({ action, event })
    else toast(t(`action.impossible.${action}`), event.title, t('action.close'))
  }
  const keys: Shortcuts = Object.fromEntries(actions.map((action) => [ACTION_KEYS[action], start(action)]))
  return { pending, setPending, close: () => setPending(undefined), keys }
}
