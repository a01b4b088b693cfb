// Shows Tocsin's notices about itself on every page, until they are dismissed.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Notice } from '../../shared/schemas/health.ts'
import { useFormat } from '../ui/useFormat.ts'
import { toast } from '../ui/toast.ts'
import { useDismissNotice, useHealth } from '../api/queries/useHealth.ts'
import classes from './Shell.module.css'

export function NoticeBanners() {
  const { t } = useTranslation()
  const { data, isError } = useHealth()
  if (isError || !data) return null
  return (
    <div data-testid="notices">
      {data.write_error !== null && (
        <div role="alert" className={classes.noticeBanner}>
          {t('notice.writeError', { reason: data.write_error })}
        </div>
      )}
      {data.notices.map((notice) => (
        <NoticeBanner key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeBanner({ notice: { id, at, text } }: { notice: Notice }) {
  const { t } = useTranslation()
  const format = useFormat()
  const dismiss = useDismissNotice()
  const onError = (error: Error) => toast(t('notice.stays'), error.message, t('action.close'))
  return (
    <div role="alert" className={classes.noticeBanner}>
      <span>
        {format.instant(at)}: {text}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        loading={dismiss.isPending}
        onClick={() => dismiss.mutate(id, { onError })}
      >
        {t('notice.dismiss')}
      </Button>
    </div>
  )
}
