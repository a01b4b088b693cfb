// The live list: rows come in without moving those that somebody is looking at.
import { IconArrowUp } from '@tabler/icons-react'
import { useCallback, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Intent } from '../../event-parts/actions.ts'
import { ActionDialog } from '../../event-parts/ActionDialog.tsx'
import { useIntent } from '../../event-parts/useIntent.ts'
import { useKeys } from '../../../ui/useKeys.ts'
import { EventRow } from './EventRow.tsx'
import classes from './events.module.css'
import type { IncidentRow } from './incidents.ts'
import type { Section } from './sections.ts'
import { useBusy } from './useBusy.ts'
import { useIncidents } from './useIncidents.ts'
import { useRowKeeper } from './useRowKeeper.ts'
import { useSelection } from './useSelection.ts'
import { useSettled } from './useSettled.ts'

interface Props {
  sections: readonly Section[]
  /** A newer list is on its way. */
  waiting: boolean
  /** What stands where there is no event. */
  empty: ReactNode
  /** What stands below. */
  children: ReactNode
}

export function EventList({ sections, waiting, empty, children }: Props) {
  const { t } = useTranslation()
  const { busy, handlers } = useBusy()
  const [acted, setActed] = useState<ReadonlySet<number>>(new Set())
  const shown = useSettled(sections, busy, (id) => acted.has(id))
  const { parts, visible, meant, toggle } = useIncidents(shown)
  const { attachList, attachSpacer, above, toTop, onScroll } = useRowKeeper(busy)
  const { selected, first, select, keys } = useSelection(visible)
  const { intent, setIntent, close, keys: actionKeys } = useIntent(selected ?? first)
  useKeys({ ...keys, ...actionKeys })

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
      <div {...handlers} className={classes.sections}>
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
                begin={setIntent}
              />
            ),
        )}
      </div>
      {children}
      <div ref={attachSpacer} />
      <ActionDialog
        intent={intent && { ...intent, events: meant(intent.event) }}
        close={close}
        done={({ id }) => setActed((ids) => new Set([...ids, id]))}
      />
    </div>
  )
}

interface SectionProps {
  kind: Section['kind']
  rows: readonly IncidentRow[]
  toggle: (incidentId: number) => void
  selectedId: number | undefined
  select: (place: { id: number; kind: Section['kind'] }) => void
  begin: (intent: Intent) => void
}

function EventSection({ kind, rows, toggle, selectedId, select, begin }: SectionProps) {
  const { t } = useTranslation()
  const selectHere = useCallback((id: number) => select({ id, kind }), [select, kind])
  return (
    <section aria-label={t(`events.section.${kind}`)}>
      {(kind === 'acknowledged' || kind === 'silenced') && (
        <h2 className={classes.sectionTitle}>{t(`events.section.${kind}`)}</h2>
      )}
      <ol className={classes.rows} data-kind={kind}>
        {rows.map(({ event, others, unfolded, within }) => (
          <EventRow
            key={event.id}
            event={event}
            within={within}
            more={others.length}
            unfolded={unfolded}
            toggle={toggle}
            big={kind === 'ringing'}
            selected={event.id === selectedId}
            select={selectHere}
            begin={begin}
          />
        ))}
      </ol>
    </section>
  )
}
