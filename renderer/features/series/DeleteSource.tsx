// Deletes the data of a source, such as one that generated too many series, or of all that match a glob. Asks first.
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { DeleteSourceForm } from './DeleteSourceForm.tsx'

interface Props {
  source: string
  /** Called once the deletion has started. */
  deleted: () => void
}

export function DeleteSource({ source, deleted }: Props) {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" size="compact-xs" onClick={open}>
        {t('metrics.deleteSource.open')}
      </Button>
      <Dialog opened={opened} close={close} title={t('metrics.deleteSource.title')} closeLabel={t('action.cancel')}>
        <DeleteSourceForm source={source} close={close} deleted={deleted} />
      </Dialog>
    </>
  )
}
