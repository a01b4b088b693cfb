import { useTranslation } from 'react-i18next'
import type { SettingsPatch } from '../../../shared/schemas/settings.ts'
import { toast } from '../../ui/toast.ts'
import { useChangeSettings } from '../../api/queries/useSettings.ts'

/** Saves a change and says whether that worked. */
export function useSaveSettings() {
  const { t } = useTranslation()
  const { mutate, isPending } = useChangeSettings()
  const save = (patch: SettingsPatch, what: string) =>
    mutate(patch, {
      onSuccess: () => toast(t('settings.saved'), what, t('keys.close')),
      onError: (error) => toast(t('settings.notSaved'), error.message, t('keys.close')),
    })
  return { save, isPending }
}
