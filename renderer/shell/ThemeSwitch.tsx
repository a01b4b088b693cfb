// Light, dark, or the system's theme.
import { Center, SegmentedControl, VisuallyHidden } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../shared/schemas/settings.ts'
import { useTheme } from '../ui/theme/useTheme.ts'

const CHOICES = [
  { value: 'light', Icon: IconSun },
  { value: 'dark', Icon: IconMoon },
  { value: 'auto', Icon: IconDeviceDesktop },
] as const

export function ThemeSwitch() {
  const { t } = useTranslation()
  const { theme, choose } = useTheme()
  const data = CHOICES.map(({ value, Icon }) => ({
    value,
    label: (
      <Center title={t(`theme.${value}`)}>
        <Icon size={16} aria-hidden />
        <VisuallyHidden>{t(`theme.${value}`)}</VisuallyHidden>
      </Center>
    ),
  }))
  return (
    <SegmentedControl<Settings['theme']> aria-label={t('theme.label')} data={data} value={theme} onChange={choose} />
  )
}
