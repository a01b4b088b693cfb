// Puts a new token in the place of one that others may know. Asks before, since scripts that know the old one are out.
import { Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { queryKeys } from '../../api/queries/queryKeys.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { toast } from '../../ui/toast.ts'

export function RotateToken() {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  const queries = useQueryClient()
  const rotate = useMutation({
    mutationFn: () => client.rotateToken(),
    onSuccess: (answer) => {
      queries.setQueryData(queryKeys.token, answer.token)
      close()
      toast(t('settings.rotated'), t('settings.rotatedMeans'), t('keys.close'))
    },
  })
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {t('settings.rotate')}
      </Button>
      <Dialog opened={opened} close={close} title={t('settings.rotate')} closeLabel={t('action.cancel')}>
        <Stack gap="sm">
          <Text size="sm">{t('settings.rotateMeans')}</Text>
          <ErrorMessage error={rotate.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('action.cancel')}
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
              {t('settings.rotateNow')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  )
}
