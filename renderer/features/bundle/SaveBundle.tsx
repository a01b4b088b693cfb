// Exports one event as a file for a colleague.
import { Button } from '@mantine/core'
import { IconPackageExport } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { compressBundle } from './bundleFile.ts'
import { client } from '../../api/client.ts'
import { toast } from '../../ui/toast.ts'

export function SaveBundle({ id }: { id: number }) {
  const { t } = useTranslation()
  const save = useMutation({
    mutationFn: async () => download(await compressBundle(await client.getBundle({ params: { event_id: id } })), id),
    onError: (error) => toast(t('bundle.notSaved'), error.message, t('action.close')),
  })
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPackageExport size={15} aria-hidden />}
      title={t('bundle.saveMeans')}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      {t('bundle.save')}
    </Button>
  )
}

function download(file: Blob, id: number) {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = `tocsin-event-${id}.json.gz`
  link.click()
  // The download has started by the next task.
  setTimeout(() => URL.revokeObjectURL(url))
}
