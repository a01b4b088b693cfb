// Asks before a rule goes.
import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Rule } from '../../../shared/schemas/rule.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { useDeleteRule } from '../../api/queries/useRules.ts'

interface Props {
  rule: Rule
  opened: boolean
  close: () => void
  deleted: () => void
}

export function DeleteDialog({ rule, opened, close, deleted }: Props) {
  const { t } = useTranslation()
  const remove = useDeleteRule()
  return (
    <Dialog opened={opened} close={close} title={t('rules.delete')} closeLabel={t('action.cancel')}>
      <Stack gap="sm">
        <Text fw={600}>{rule.name}</Text>
        <Text size="sm" c="dimmed">
          {t('rules.deleteMeans')}
        </Text>
        <ErrorMessage error={remove.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t('action.cancel')}
          </Button>
          <Button loading={remove.isPending} onClick={() => remove.mutate(rule, { onSuccess: deleted })}>
            {t('rules.delete')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
