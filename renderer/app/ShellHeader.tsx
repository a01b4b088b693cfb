import { useTranslation } from 'react-i18next'
import { Link, NavLink, useLocation } from 'react-router'
import { Bell } from './Bell.tsx'
import { ColourSwitch } from './ColourSwitch.tsx'
import { ConnectionState } from './ConnectionState.tsx'
import { OpenCriticals } from './OpenCriticals.tsx'
import { METRICS } from './addresses.ts'
import classes from './Shell.module.css'

export function ShellHeader({ withoutSession }: { withoutSession: boolean }) {
  const { t } = useTranslation()
  // The events stand at two addresses, so the router can't tell by itself.
  const onMetrics = useLocation().pathname === METRICS
  return (
    <header className={classes.header}>
      <Link to="/" className={classes.brand}>
        <Bell />
        {t('product')}
      </Link>
      <nav aria-label={t('navigation.label')} className={classes.navigation}>
        <Link to="/" className={classes.link} aria-current={onMetrics ? undefined : 'page'}>
          {t('navigation.events')}
        </Link>
        <NavLink to={METRICS} className={classes.link ?? ''}>
          {t('navigation.metrics')}
        </NavLink>
      </nav>
      <div className={classes.spacer} />
      {!withoutSession && <OpenCriticals />}
      {!withoutSession && <ConnectionState />}
      <ColourSwitch />
    </header>
  )
}
