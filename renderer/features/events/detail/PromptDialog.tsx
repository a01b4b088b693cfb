// Shows the prompt for a language model and asks for confirmation.
import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Prompt } from '../../../../shared/schemas/model.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import classes from './why.module.css'

interface Props {
  prompt: Prompt | undefined
  close: () => void
  send: (digest: string) => void
}

export function PromptDialog({ prompt, close, send }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog opened={prompt !== undefined} close={close} title={t('why.prompt.title')} closeLabel={t('action.cancel')}>
      {prompt && (
        <>
          <p className={classes.promptMeans}>{t('why.prompt.means', { url: prompt.url, model: prompt.model })}</p>
          {/* It scrolls, so the keyboard must get there. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={classes.prompt} tabIndex={0} aria-label={t('why.prompt.title')} data-testid="prompt">
            {prompt.messages.map(({ content }) => content).join('\n\n')}
          </pre>
          <Group justify="flex-end" mt="sm">
            <Button variant="default" onClick={close}>
              {t('action.cancel')}
            </Button>
            <Button data-autofocus onClick={() => send(prompt.digest)}>
              {t('why.prompt.send')}
            </Button>
          </Group>
        </>
      )}
    </Dialog>
  )
}
