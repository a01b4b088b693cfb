// The actions of an event, as labelled buttons or as icons in a compact row.
import { ActionIcon, Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconCheck,
  IconEye,
  IconFlame,
  IconMessage,
  IconRotateClockwise,
  IconThumbDown,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../shared/schemas/event.ts'
import classes from './ActionBar.module.css'
import { ACTIONS, isActionAllowed, type Action, type PendingAction } from './actions.ts'

const ICONS = {
  acknowledge: IconEye,
  resolve: IconCheck,
  falseAlarm: IconThumbDown,
  confirm: IconFlame,
  comment: IconMessage,
  reopen: IconRotateClockwise,
  undo: IconArrowBackUp,
} satisfies Record<Action, unknown>

interface Props {
  event: Event
  start: (pending: PendingAction) => void
  /** Only icons. */
  dense?: boolean
  actions?: readonly Action[]
}

export function ActionBar({ event, start, dense = false, actions = ACTIONS }: Props) {
  const { t } = useTranslation()
  const Each = dense ? IconAction : LabelledAction
  return (
    <fieldset
      className={classes.actions}
      data-dense={dense || undefined}
      aria-label={t('action.group', { title: event.title })}
    >
      {actions.map((action) => (
        <Each key={action} action={action} event={event} start={() => start({ action, event })} />
      ))}
    </fieldset>
  )
}

interface ActionProps {
  action: Action
  event: Event
  start: () => void
}

function LabelledAction({ action, event, start }: ActionProps) {
  const { t } = useTranslation()
  const Icon = ICONS[action]
  const first = action === 'acknowledge' && event.status === 'OPEN'
  return (
    <Button
      size="xs"
      variant={first ? 'filled' : 'default'}
      leftSection={<Icon size={15} aria-hidden />}
      disabled={!isActionAllowed(action, event)}
      onClick={start}
    >
      {t(`action.${action}`)}
    </Button>
  )
}

function IconAction({ action, event, start }: ActionProps) {
  const { t } = useTranslation()
  const Icon = ICONS[action]
  return (
    <ActionIcon
      className={classes.dense}
      variant="subtle"
      color="gray"
      aria-label={t(`action.${action}`)}
      title={t(`action.${action}`)}
      disabled={!isActionAllowed(action, event)}
      onClick={start}
    >
      <Icon size={17} aria-hidden />
    </ActionIcon>
  )
}
