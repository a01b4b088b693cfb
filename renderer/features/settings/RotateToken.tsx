// Puts a new token in the place of one that others may know. Asks before, since scripts that know the old one are out.
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
      toast(t('settings.rotated'), t('settings.rotatedMeans'), t('keys.close'))
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
