// An empty list: all is well, nothing was posted yet, or no event matches the filter.
import { IconBellCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { MAX_SERIES, useSeriesCount } from '../../../api/queries/useSeriesCount.ts'
import { CurlExample } from '../../series/CurlExample.tsx'
import { PageMessage } from '../../../ui/PageMessage.tsx'
import { isFiltered, type EventFilter } from './eventFilter.ts'

const REFETCH_MS = 5000

export function NoEvents({ filter }: { filter: EventFilter }) {
  const { t } = useTranslation()
  const isUnfiltered = filter.show === 'attention' && !isFiltered(filter) && filter.offset === 0
  const { data: count } = useSeriesCount({ refetchMs: REFETCH_MS, enabled: isUnfiltered })
  if (!isUnfiltered) return <PageMessage title={t('events.empty.filtered')} />
  return (
    <PageMessage
      icon={<IconBellCheck size={40} stroke={1.5} aria-hidden />}
      title={t('events.empty.title')}
      text={count ? t(count < MAX_SERIES ? 'events.empty.watched' : 'events.empty.watchedMore', { count }) : undefined}
    >
      {count === 0 && (
        <>
          <p>{t('events.empty.noMetrics')}</p>
          <CurlExample />
        </>
      )}
    </PageMessage>
  )
}
