// Asks before unsaved changes of a form are lost.
import { Button, Group, Stack, Text } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useBlocker, type Location } from 'react-router'
import { onDesktop } from '../api/client.ts'
import { Dialog } from './Dialog.tsx'

/** The state of a navigation that skips the question: all is saved, or the user chose "Cancel". */
export const SKIP_UNSAVED_CHECK = { isSettled: true }

export function UnsavedChangesGuard({ unsaved }: { unsaved: boolean }) {
  const { t } = useTranslation()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      unsaved && nextLocation.pathname !== currentLocation.pathname && !isSettled(nextLocation),
  )
  useWindowEvent('beforeunload', (event) => {
    // On the desktop, a page that objects would silently keep the program from ending.
    if (unsaved && !onDesktop) event.preventDefault()
  })
  const stay = () => blocker.reset?.()
  return (
    <Dialog opened={blocker.state === 'blocked'} close={stay} title={t('leave.title')} closeLabel={t('leave.stay')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('leave.means')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('leave.go')}
          </Button>
          <Button onClick={stay} data-autofocus>
            {t('leave.stay')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

const isSettled = ({ state }: Location<{ isSettled?: boolean } | null>) => state?.isSettled === true
