// Light, dark, or as the system has it: one choice, wherever it is made.
import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../shared/schemas/settings.ts'
import { toast } from '../toast.ts'
import { useChangeSettings, useSettings } from '../../api/queries/useSettings.ts'

export function useTheme() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { mutate } = useChangeSettings()
  const choose = (theme: Settings['theme']) => {
    setColorScheme(theme)
    mutate({ theme }, { onError: (error) => toast(t('settings.notSaved'), error.message, t('keys.close')) })
  }
  return { theme: colorScheme, choose }
}

/** Has the page follow the stored choice, in whichever window it was made. */
export function useStoredTheme(): void {
  const stored = useSettings().data?.theme
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => {
    if (stored) setColorScheme(stored)
  }, [stored, setColorScheme])
}
