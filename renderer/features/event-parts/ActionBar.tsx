// The buttons of an event: with words where there is room, as icons in a dense row.
import { ActionIcon, Button } from '@mantine/core'
import { IconCheck, IconEye, IconThumbDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../shared/schemas/event.ts'
import classes from './ActionBar.module.css'
import { ACTIONS, isPossible, type Action, type Intent } from './actions.ts'

const ICONS = { acknowledge: IconEye, resolve: IconCheck, falseAlarm: IconThumbDown }

interface Props {
  event: Event
  begin: (intent: Intent) => void
  /** Icons alone. */
  dense?: boolean
}

export function ActionBar({ event, begin, dense = false }: Props) {
  const { t } = useTranslation()
  const Each = dense ? DenseAction : WordyAction
  return (
    <fieldset
      className={classes.actions}
      data-dense={dense || undefined}
      aria-label={t('action.group', { title: event.title })}
    >
      {ACTIONS.map((action) => (
        <Each key={action} action={action} event={event} begin={() => begin({ action, event })} />
      ))}
    </fieldset>
  )
}

interface ActionProps {
  action: Action
  event: Event
  begin: () => void
}

function WordyAction({ action, event, begin }: ActionProps) {
  const { t } = useTranslation()
  const Icon = ICONS[action]
  const first = action === 'acknowledge' && event.status === 'OPEN'
  return (
    <Button
      size="xs"
      variant={first ? 'filled' : 'default'}
      leftSection={<Icon size={15} aria-hidden />}
      disabled={!isPossible(action, event.status)}
      onClick={begin}
    >
      {t(`action.${action}`)}
    </Button>
  )
}

function DenseAction({ action, event, begin }: ActionProps) {
  const { t } = useTranslation()
  const Icon = ICONS[action]
  return (
    <ActionIcon
      className={classes.dense}
      variant="subtle"
      color="gray"
      aria-label={t(`action.${action}`)}
      title={t(`action.${action}`)}
      disabled={!isPossible(action, event.status)}
      onClick={begin}
    >
      <Icon size={17} aria-hidden />
    </ActionIcon>
  )
}
