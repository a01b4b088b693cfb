// The frame of every page.
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { useLive } from '../api/live.ts'
import { useLiveStream } from '../api/useLiveStream.ts'
import { useStoredTheme } from '../ui/theme/useTheme.ts'
import { BacklogBanner } from './BacklogBanner.tsx'
import { SeriesLimitBanner } from './SeriesLimitBanner.tsx'
import { DisconnectedBanner } from './DisconnectedBanner.tsx'
import { NoSession } from './NoSession.tsx'
import { NoticeBanners } from './NoticeBanners.tsx'
import classes from './Shell.module.css'
import { ShellHeader } from './ShellHeader.tsx'

const MAIN = 'main'

export function Shell() {
  const { t } = useTranslation()
  const sessionMissing = useLive(({ session }) => session === 'missing')
  useLiveStream()
  useStoredTheme()
  return (
    <div className={classes.shell}>
      <a href={`#${MAIN}`} className={classes.skip} onClick={focusMain}>
        {t('skip')}
      </a>
      <ShellHeader withoutSession={sessionMissing} />
      {!sessionMissing && <BacklogBanner />}
      {!sessionMissing && <SeriesLimitBanner />}
      {!sessionMissing && <NoticeBanners />}
      <main id={MAIN} tabIndex={-1} className={classes.main}>
        {sessionMissing ? <NoSession /> : <Outlet />}
      </main>
      {!sessionMissing && <DisconnectedBanner />}
    </div>
  )
}

/** Without changing the URL, which identifies the page. */
function focusMain(event: React.MouseEvent) {
  event.preventDefault()
  document.getElementById(MAIN)?.focus()
}
