// The page of one event.
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useParams } from 'react-router'
import { LoadError } from '../../../ui/LoadError.tsx'
import { ListSkeleton } from '../../../ui/ListSkeleton.tsx'
import { StaleDataBanner } from '../../../ui/BottomBanner.tsx'
import { EventDetail } from './EventDetail.tsx'
import classes from './event.module.css'
import { useEvent } from '../../../api/queries/useEvent.ts'
import text from '../../../ui/text.module.css'

export function Component() {
  const { t } = useTranslation()
  const { id } = useParams()
  const { event, error, refetch } = useEvent(Number(id))
  return (
    <div className={classes.screen}>
      <Link to={useBack()} className={`${text.backLink} ${classes.back}`}>
        <IconArrowLeft size={16} aria-hidden />
        {t('event.back')}
      </Link>
      {event ? (
        <>
          <EventDetail event={event} />
          <StaleDataBanner error={error} />
        </>
      ) : error ? (
        <LoadError alone error={error} retry={() => void refetch()} />
      ) : (
        <ListSkeleton rows={3} height={160} />
      )}
    </div>
  )
}

/** Back to the list with its filter. */
function useBack(): string {
  const state: unknown = useLocation().state
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : undefined
  return `/events${typeof from === 'string' ? from : ''}`
}
