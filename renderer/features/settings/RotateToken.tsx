// Replaces the API token. Asks first, since scripts with the old one lose access.
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { queryKeys } from '../../api/queries/queryKeys.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
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
      toast(t('settings.rotated'), t('settings.rotatedMeans'), t('action.close'))
    },
  })
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {t('settings.rotate')}
      </Button>
      <ConfirmDialog
        opened={opened}
        close={close}
        title={t('settings.rotate')}
        text={t('settings.rotateMeans')}
        confirmLabel={t('settings.rotateNow')}
        confirm={() => rotate.mutate()}
        pending={rotate.isPending}
        error={rotate.error}
      />
    </>
  )
}
