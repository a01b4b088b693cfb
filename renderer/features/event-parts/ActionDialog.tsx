// Asks for a comment before an action: Enter submits, Escape cancels.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../shared/schemas/event.ts'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import type { PendingGroupAction } from './actions.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { groupTitle } from './groupTitle.ts'
import { useEventAction } from './useEventAction.ts'

interface Props {
  pending: PendingGroupAction | undefined
  close: () => void
  /** Called for each event once the action is done. */
  done?: (event: Event) => void
}

export function ActionDialog({ pending, close, done }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      opened={pending !== undefined}
      close={close}
      title={pending ? t(`action.${pending.action}`) : ''}
      closeLabel={t('action.cancel')}
    >
      {pending && <ActionForm pending={pending} close={close} done={done} />}
    </Dialog>
  )
}

const MAX_COMMENT_LENGTH = 1000

interface FormProps {
  pending: PendingGroupAction
  close: () => void
  done: ((event: Event) => void) | undefined
}

function ActionForm({ pending, close, done }: FormProps) {
  const { t } = useTranslation()
  const action = useEventAction()
  const form = useForm({ initialValues: { comment: '' } })
  const needsComment = pending.action === 'comment'
  const send = form.onSubmit(({ comment }) =>
    action.mutate(
      { ...pending, comment: comment.trim() },
      {
        onSuccess() {
          for (const event of pending.events) done?.(event)
          close()
        },
      },
    ),
  )
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <Text fw={600}>{groupTitle(t, pending.event, pending.events)}</Text>
        <Text size="sm" c="dimmed">
          {t(`action.${pending.action}Means`)}
        </Text>
        <TextInput
          label={t('action.comment')}
          description={t(needsComment ? 'action.commentShown' : 'action.commentHint')}
          required={needsComment}
          size="sm"
          maxLength={MAX_COMMENT_LENGTH}
          data-autofocus
          {...form.getInputProps('comment')}
        />
        <ErrorMessage error={action.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={action.isPending} disabled={needsComment && form.values.comment.trim() === ''}>
            {t(`action.${pending.action}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
