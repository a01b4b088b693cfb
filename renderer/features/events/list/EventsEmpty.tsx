// Nothing to show: all is well, nothing was posted yet, or the filter is too narrow.
import { IconBellCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { CurlExample } from '../../series/CurlExample.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { isNarrowed, type EventFilter } from './filter.ts'

/** As many as one answer holds. */
const MOST = 1000
const ASK_EVERY_MS = 5000

export function EventsEmpty({ filter }: { filter: EventFilter }) {
  const { t } = useTranslation()
  const calm = filter.show === 'attention' && !isNarrowed(filter) && filter.offset === 0
  const watched = useQuery({
    queryKey: ['series', 'count'],
    queryFn: async () => (await client.listSeries({ query: { limit: MOST } })).length,
    refetchInterval: ASK_EVERY_MS,
    enabled: calm,
  })
  if (!calm) return <Notice title={t('events.empty.filtered')} />
  const count = watched.data
  return (
    <Notice
      icon={<IconBellCheck size={40} stroke={1.5} aria-hidden />}
      title={t('events.empty.title')}
      text={count ? t(count < MOST ? 'events.empty.watched' : 'events.empty.watchedMore', { count }) : undefined}
    >
      {count === 0 && (
        <>
          <p>{t('events.empty.unwatched')}</p>
          <CurlExample />
        </>
      )}
    </Notice>
  )
}
