// Asks the configured language model about the event. The first time, the prompt is shown for confirmation.
import { Button } from '@mantine/core'
import { IconSparkles } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../../shared/schemas/event.ts'
import { client } from '../../../api/client.ts'
import { ErrorMessage } from '../../../ui/ErrorMessage.tsx'
import { useSettings } from '../../../api/queries/useSettings.ts'
import { PromptDialog } from './PromptDialog.tsx'
import classes from './why.module.css'
import text from '../../../ui/text.module.css'

export function AskModel({ event }: { event: Event }) {
  const { t } = useTranslation()
  const llm = useSettings().data?.llm
  const params = { event_id: event.id }
  const answer = useMutation({
    mutationFn: (digest: string) => client.askModel({ params, query: { digest } }),
    onSettled: () => prompt.reset(),
  })
  const prompt = useMutation({
    mutationFn: () => client.getPrompt({ params }),
    onSuccess({ confirmed, digest }) {
      if (confirmed) answer.mutate(digest)
    },
  })
  if (!llm?.enabled || llm.model === '') return null
  const toConfirm = prompt.data?.confirmed === false ? prompt.data : undefined
  return (
    <div className={classes.model}>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconSparkles size={15} aria-hidden />}
        loading={prompt.isPending || answer.isPending}
        onClick={() => prompt.mutate()}
      >
        {t('why.ask')}
      </Button>
      <ErrorMessage error={prompt.error ?? answer.error} />
      {answer.data && (
        <figure className={classes.answer} data-testid="model-answer">
          <figcaption className={text.muted}>{t('why.answeredBy', { model: answer.data.model })}</figcaption>
          <p>{answer.data.text}</p>
        </figure>
      )}
      <PromptDialog
        prompt={answer.isPending ? undefined : toConfirm}
        close={() => prompt.reset()}
        send={(digest) => answer.mutate(digest)}
      />
    </div>
  )
}
