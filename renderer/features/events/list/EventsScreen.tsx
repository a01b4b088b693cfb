// All events: what rings stands on top.
import { ActionIcon } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKeyboard } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Failure } from '../../../ui/Failure.tsx'
import { KeysDialog } from '../../event-parts/KeysDialog.tsx'
import { ListSkeleton } from '../../../ui/ListSkeleton.tsx'
import { Paging } from '../../../ui/Paging.tsx'
import { OutdatedStrip } from '../../../ui/Strip.tsx'
import { useKeys } from '../../../ui/useKeys.ts'
import { EventFilters } from './EventFilters.tsx'
import { EventList } from './EventList.tsx'
import { EventsEmpty } from './EventsEmpty.tsx'
import classes from './events.module.css'
import { PAGE, searchOf } from './filter.ts'
import { useEventFilter } from './useEventFilter.ts'
import { useEventSections } from './useEventSections.ts'
import { useHeadline } from './useHeadline.ts'

export function EventsScreen() {
  const { t } = useTranslation()
  const { filter, change } = useEventFilter()
  const { sections, more, moreRinging, busy, error, retry } = useEventSections(filter)
  const headline = useHeadline(filter, sections, moreRinging)
  const [keysShown, { open: showKeys, close: hideKeys }] = useDisclosure(false)
  useKeys({ '?': showKeys })

  return (
    <div className={classes.screen}>
      <div className={classes.toolbar}>
        <h1 className={classes.headline} data-testid="headline">
          {headline}
        </h1>
        <ActionIcon variant="subtle" color="gray" aria-label={t('keys.open')} title={t('keys.open')} onClick={showKeys}>
          <IconKeyboard size={20} aria-hidden />
        </ActionIcon>
        <EventFilters filter={filter} change={change} />
      </div>
      {sections ? (
        <EventList
          key={searchOf(filter).toString()}
          sections={sections}
          waiting={busy}
          empty={<EventsEmpty filter={filter} />}
        >
          <OutdatedStrip error={error} />
          <Paging
            label={t('events.paging')}
            previous={t('events.newer')}
            next={t('events.older')}
            offset={filter.offset}
            page={PAGE}
            more={more}
            go={(offset) => change({ offset })}
          />
        </EventList>
      ) : error ? (
        <Failure error={error} retry={retry} />
      ) : (
        <ListSkeleton height={96} />
      )}
      <KeysDialog opened={keysShown} close={hideKeys} withList />
    </div>
  )
}
