// Silences by state, and the recurring maintenance windows.
import { Button, Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { NEW_SILENCE, NEW_WINDOW } from '../../paths/paths.ts'
import type { Silence } from '../../../shared/schemas/silences.ts'
import { LoadError } from '../../ui/LoadError.tsx'
import { ListSkeleton } from '../../ui/ListSkeleton.tsx'
import { Page } from '../../ui/Page.tsx'
import { StaleDataBanner } from '../../ui/BottomBanner.tsx'
import { useNow } from '../../ui/useNow.ts'
import { SilenceRow } from './SilenceRow.tsx'
import list from '../../ui/list.module.css'
import text from '../../ui/text.module.css'
import classes from './silences.module.css'
import { SILENCE_STATES, silenceStateOf, type SilenceState } from './silenceState.ts'
import { useSilences, useWindows } from '../../api/queries/useSilences.ts'
import { WindowRow } from './WindowRow.tsx'
import card from '../../ui/card.module.css'

export function Component() {
  const { t } = useTranslation()
  const silences = useSilences()
  const windows = useWindows()
  const now = useNow()
  const error = silences.error ?? windows.error
  const make = (
    <Group gap="xs">
      <Button component={Link} to={NEW_WINDOW} size="xs" variant="default">
        {t('silences.newWindow')}
      </Button>
      <Button component={Link} to={NEW_SILENCE} size="xs" leftSection={<IconPlus size={15} aria-hidden />}>
        {t('silences.new')}
      </Button>
    </Group>
  )
  return (
    <Page title={t('silences.name')} aside={make}>
      {silences.data && windows.data ? (
        <>
          {SILENCE_STATES.map((state) => (
            <Silences
              key={state}
              state={state}
              silences={silences.data.filter((each) => silenceStateOf(each, now) === state)}
            />
          ))}
          <section aria-labelledby="windows" className={classes.section}>
            <h2 id="windows" className={classes.sectionTitle}>
              {t('silences.windows')}
            </h2>
            {windows.data.length === 0 && <p className={text.note}>{t('silences.noWindows')}</p>}
            {windows.data.length > 0 && (
              <ul className={`${card.surface} ${list.rows}`}>
                {windows.data.map((window) => (
                  <WindowRow key={window.id} window={window} />
                ))}
              </ul>
            )}
          </section>
          <StaleDataBanner error={error} />
        </>
      ) : error ? (
        <LoadError error={error} retry={() => void Promise.all([silences.refetch(), windows.refetch()])} />
      ) : (
        <ListSkeleton rows={4} height={64} />
      )}
    </Page>
  )
}

/** The active section is shown even if it is empty. */
function Silences({ state, silences }: { state: SilenceState; silences: readonly Silence[] }) {
  const { t } = useTranslation()
  if (silences.length === 0 && state !== 'active') return null
  return (
    <section aria-labelledby={state} className={classes.section}>
      <h2 id={state} className={classes.sectionTitle}>
        {t(`silences.state.${state}`)}
      </h2>
      {silences.length === 0 && <p className={text.note}>{t('silences.none')}</p>}
      {silences.length > 0 && (
        <ul className={`${card.surface} ${list.rows}`} data-testid={`silences-${state}`}>
          {silences.map((silence) => (
            <SilenceRow key={silence.id} silence={silence} state={state} />
          ))}
        </ul>
      )}
    </section>
  )
}
