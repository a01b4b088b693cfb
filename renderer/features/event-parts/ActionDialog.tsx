// Asks for a comment before a step is taken: Enter sends, Escape leaves everything as it is.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../shared/schemas/event.ts'
import classes from './ActionDialog.module.css'
import type { IntentForAll } from './actions.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { titleOfAll } from './titleOfAll.ts'
import { useEventAction } from './useEventAction.ts'

interface Props {
  intent: IntentForAll | undefined
  close: () => void
  /** Hears of the event with which something was done. */
  done?: (event: Event) => void
}

export function ActionDialog({ intent, close, done }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      opened={intent !== undefined}
      close={close}
      title={intent ? t(`action.${intent.action}`) : ''}
      closeLabel={t('action.cancel')}
    >
      {intent && <ActionForm intent={intent} close={close} done={done} />}
    </Dialog>
  )
}

const LONGEST_COMMENT = 1000

interface FormProps {
  intent: IntentForAll
  close: () => void
  done: ((event: Event) => void) | undefined
}

function ActionForm({ intent, close, done }: FormProps) {
  const { t } = useTranslation()
  const action = useEventAction()
  const form = useForm({ initialValues: { comment: '' } })
  const send = form.onSubmit(({ comment }) =>
    action.mutate(
      { ...intent, comment: comment.trim() },
      {
        onSuccess() {
          for (const event of intent.events) done?.(event)
          close()
        },
      },
    ),
  )
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <Text fw={600}>{titleOfAll(t, intent.event, intent.events)}</Text>
        <Text size="sm" c="dimmed">
          {t(`action.${intent.action}Means`)}
        </Text>
        <TextInput
          label={t('action.comment')}
          description={t('action.commentHint')}
          size="sm"
          maxLength={LONGEST_COMMENT}
          data-autofocus
          {...form.getInputProps('comment')}
        />
        {action.error && (
          <div role="alert" className={classes.problem}>
            <strong>{t('action.failed')}</strong>
            {action.error.message}
          </div>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={action.isPending}>
            {t(`action.${intent.action}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
