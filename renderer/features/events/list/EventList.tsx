// The live list: new rows don't move those that the user is looking at.
import { IconArrowUp } from '@tabler/icons-react'
import { useCallback, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionDialog } from '../../event-parts/ActionDialog.tsx'
import { usePendingAction } from '../../event-parts/usePendingAction.ts'
import { useShortcuts } from '../../../ui/useShortcuts.ts'
import { EventRows, type EventRowsProps } from './EventRows.tsx'
import classes from './events.module.css'
import type { Section } from './sections.ts'
import { useIsInteracting } from './useIsInteracting.ts'
import { useIncidentRows } from './useIncidentRows.ts'
import { useScrollAnchor } from './useScrollAnchor.ts'
import { useSelection } from './useSelection.ts'
import { useStableOrder } from './useStableOrder.ts'

interface Props {
  sections: readonly Section[]
  /** A newer list is being fetched. */
  waiting: boolean
  /** Shown if there is no event. */
  empty: ReactNode
  /** Below the list. */
  children: ReactNode
}

export function EventList({ sections, waiting, empty, children }: Props) {
  const { t } = useTranslation()
  const { isInteracting, handlers } = useIsInteracting()
  const [actedOn, setActedOn] = useState<ReadonlySet<number>>(new Set())
  const shown = useStableOrder(sections, isInteracting, (id) => actedOn.has(id))
  const { parts, visible, affected, toggle } = useIncidentRows(shown)
  const { attachList, attachSpacer, above, toTop, onScroll } = useScrollAnchor(isInteracting)
  const { selected, first, select, keys } = useSelection(visible)
  const { pending, setPending, close, keys: actionKeys } = usePendingAction(selected ?? first)
  useShortcuts({ ...keys, ...actionKeys })

  return (
    <div ref={attachList} className={classes.list} aria-busy={waiting} onScroll={onScroll}>
      {above > 0 && (
        <div className={classes.above}>
          <button type="button" onClick={toTop}>
            <IconArrowUp size={15} aria-hidden /> {t('events.above', { count: above })}
          </button>
        </div>
      )}
      {!first && empty}
      <div {...handlers}>
        {parts.map(
          ({ kind, rows }) =>
            rows.length > 0 && (
              <EventSection
                key={kind}
                kind={kind}
                rows={rows}
                toggle={toggle}
                selectedId={selected?.id}
                select={select}
                start={setPending}
              />
            ),
        )}
      </div>
      {children}
      <div ref={attachSpacer} />
      <ActionDialog
        pending={pending && { ...pending, events: affected(pending.event) }}
        close={close}
        done={({ id }) => setActedOn((ids) => new Set([...ids, id]))}
      />
    </div>
  )
}

interface SectionProps extends Omit<EventRowsProps, 'select'> {
  select: (place: { id: number; kind: Section['kind'] }) => void
}

function EventSection({ select, ...props }: SectionProps) {
  const { t } = useTranslation()
  const { kind } = props
  const selectHere = useCallback((id: number) => select({ id, kind }), [select, kind])
  return (
    <section aria-label={t(`events.section.${kind}`)}>
      {(kind === 'acknowledged' || kind === 'silenced') && (
        <h2 className={classes.sectionTitle}>{t(`events.section.${kind}`)}</h2>
      )}
      <EventRows {...props} select={selectHere} />
    </section>
  )
}
