// Light, dark, or as the system has it.
import { Center, SegmentedControl, useMantineColorScheme, VisuallyHidden, type MantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

const CHOICES = [
  { value: 'light', Icon: IconSun },
  { value: 'dark', Icon: IconMoon },
  { value: 'auto', Icon: IconDeviceDesktop },
] as const

export function ColourSwitch() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const data = CHOICES.map(({ value, Icon }) => ({
    value,
    label: (
      <Center title={t(`scheme.${value}`)}>
        <Icon size={16} aria-hidden />
        <VisuallyHidden>{t(`scheme.${value}`)}</VisuallyHidden>
      </Center>
    ),
  }))
  return (
    <SegmentedControl<MantineColorScheme>
      aria-label={t('scheme.label')}
      data={data}
      value={colorScheme}
      onChange={setColorScheme}
    />
  )
}
