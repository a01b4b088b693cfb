// Forgets a source, such as one that made up names until others had no room, or all of a pattern. Asks before.
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { DeleteSourceForm } from './DeleteSourceForm.tsx'

interface Props {
  source: string
  /** Is called once it is sure to go. */
  deleted: () => void
}

export function DeleteSource({ source, deleted }: Props) {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" size="compact-xs" onClick={open}>
        {t('metrics.forget')}
      </Button>
      <Dialog opened={opened} close={close} title={t('metrics.forgetTitle')} closeLabel={t('action.cancel')}>
        <DeleteSourceForm source={source} close={close} deleted={deleted} />
      </Dialog>
    </>
  )
}
