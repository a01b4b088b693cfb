// Asks before something is done that can't be undone.
import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from './Dialog.tsx'
import { ErrorMessage } from './ErrorMessage.tsx'

interface Props {
  opened: boolean
  close: () => void
  title: string
  /** The name of what it is done to. */
  subject?: string
  /** What will happen. */
  text: string
  confirmLabel: string
  confirm: () => void
  pending: boolean
  error: Error | null
}

export function ConfirmDialog({ opened, close, title, subject, text, confirmLabel, confirm, pending, error }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog opened={opened} close={close} title={title} closeLabel={t('action.cancel')}>
      <Stack gap="sm">
        {subject !== undefined && <Text fw={600}>{subject}</Text>}
        <Text size="sm" c="dimmed">
          {text}
        </Text>
        <ErrorMessage error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t('action.cancel')}
          </Button>
          <Button loading={pending} onClick={confirm}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
