import { useTranslation } from 'react-i18next'
import { Link, NavLink } from 'react-router'
import { EVENTS, METRICS, RULES, SETTINGS, SILENCES, SIMULATE, SUMMARY } from '../paths/paths.ts'
import { Logo } from './Logo.tsx'
import { ThemeSwitch } from './ThemeSwitch.tsx'
import { ConnectionStatus } from './ConnectionStatus.tsx'
import { OpenCriticals } from './OpenCriticals.tsx'
import classes from './Shell.module.css'

const SCREENS = [
  ['summary', SUMMARY],
  ['events', EVENTS],
  ['metrics', METRICS],
  ['rules', RULES],
  ['silences', SILENCES],
  ['simulate', SIMULATE],
  ['settings', SETTINGS],
] as const

export function ShellHeader({ withoutSession }: { withoutSession: boolean }) {
  const { t } = useTranslation()
  return (
    <header className={classes.header}>
      <Link to={SUMMARY} className={classes.brand} aria-label={t('product')}>
        <Logo />
        <span className={classes.brandName}>{t('product')}</span>
      </Link>
      <nav aria-label={t('navigation.label')} className={classes.navigation}>
        {SCREENS.map(([name, address]) => (
          <NavLink key={name} to={address} end={address === SUMMARY} className={classes.link ?? ''}>
            {t(`navigation.${name}`)}
          </NavLink>
        ))}
      </nav>
      <div className={classes.spacer} />
      {!withoutSession && <OpenCriticals />}
      {!withoutSession && <ConnectionStatus />}
      <ThemeSwitch />
    </header>
  )
}
