import { useTranslation } from 'react-i18next'
import type { SettingsPatch } from '../../../shared/schemas/settings.ts'
import { toast } from '../../ui/toast.ts'
import { useChangeSettings } from '../../api/queries/useSettings.ts'

/** Saves a change and shows a toast with the result. */
export function useSaveSettings() {
  const { t } = useTranslation()
  const { mutate, isPending } = useChangeSettings()
  const save = (patch: SettingsPatch, what: string) =>
    mutate(patch, {
      onSuccess: () => toast(t('settings.saved'), what, t('action.close')),
      onError: (error) => toast(t('settings.notSaved'), error.message, t('action.close')),
    })
  return { save, isPending }
}
