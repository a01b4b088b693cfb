// All events, firing ones first.
import { ActionIcon } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKeyboard } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { LoadError } from '../../../ui/LoadError.tsx'
import { ShortcutsDialog } from '../../event-parts/ShortcutsDialog.tsx'
import { ListSkeleton } from '../../../ui/ListSkeleton.tsx'
import { Pagination } from '../../../ui/Pagination.tsx'
import { StaleDataBanner } from '../../../ui/BottomBanner.tsx'
import { useShortcuts } from '../../../ui/useShortcuts.ts'
import { EventFilters } from './EventFilters.tsx'
import { EventList } from './EventList.tsx'
import { NoEvents } from './NoEvents.tsx'
import classes from './events.module.css'
import { PAGE, eventSearchParams } from './eventFilter.ts'
import { useEventFilter } from './useEventFilter.ts'
import { useEventSections } from './useEventSections.ts'
import { useHeadline } from './useHeadline.ts'

export function EventsScreen() {
  const { t } = useTranslation()
  const { filter, change } = useEventFilter()
  const { sections, more, moreFiring, isUpdating, error, retry } = useEventSections(filter)
  const headline = useHeadline(filter, sections, moreFiring)
  const [keysShown, { open: showKeys, close: hideKeys }] = useDisclosure(false)
  useShortcuts({ '?': showKeys })

  return (
    <div className={classes.screen}>
      <div className={classes.toolbar}>
        <h1 className={classes.headline} data-testid="headline">
          {headline}
        </h1>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('shortcuts.open')}
          title={t('shortcuts.open')}
          onClick={showKeys}
        >
          <IconKeyboard size={20} aria-hidden />
        </ActionIcon>
        <EventFilters filter={filter} change={change} />
      </div>
      {sections ? (
        <EventList
          key={eventSearchParams(filter).toString()}
          sections={sections}
          waiting={isUpdating}
          empty={<NoEvents filter={filter} />}
        >
          <StaleDataBanner error={error} />
          <Pagination
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
        <LoadError error={error} retry={retry} />
      ) : (
        <ListSkeleton height={96} />
      )}
      <ShortcutsDialog opened={keysShown} close={hideKeys} hasList />
    </div>
  )
}
