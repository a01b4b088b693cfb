import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../shared/schemas/event.ts'
import { isPossible, KEY_OF, type Action, type Intent } from './actions.ts'
import { tell } from '../../ui/tell.ts'
import type { Keys } from '../../ui/useKeys.ts'

/** What somebody is about to do, and the keys that begin it for `event`. */
export function useIntent(event: Event | undefined) {
  const { t } = useTranslation()
  const [intent, setIntent] = useState<Intent>()

  const begin = (action: Action) => () => {
    if (!event) return
    if (isPossible(action, event.status)) setIntent({ action, event })
    else tell(t(`action.impossible.${action}`), event.title, t('keys.close'))
  }
  const keys: Keys = {
    [KEY_OF.acknowledge]: begin('acknowledge'),
    [KEY_OF.resolve]: begin('resolve'),
    [KEY_OF.falseAlarm]: begin('falseAlarm'),
  }
  return { intent, setIntent, close: () => setIntent(undefined), keys }
}
