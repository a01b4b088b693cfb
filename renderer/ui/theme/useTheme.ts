// Light, dark, or the system's theme: one setting for all places that change it.
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
    mutate({ theme }, { onError: (error) => toast(t('settings.notSaved'), error.message, t('action.close')) })
  }
  return { theme: colorScheme, choose }
}

/** Applies the stored theme, also when another window changed it. */
export function useStoredTheme(): void {
  const stored = useSettings().data?.theme
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => {
    if (stored) setColorScheme(stored)
  }, [stored, setColorScheme])
}
