import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { SILENCES } from '../../paths/paths.ts'
import { SKIP_UNSAVED_CHECK } from '../../ui/UnsavedChangesGuard.tsx'
import { toast } from '../../ui/toast.ts'
import { serverFieldErrors } from '../../ui/useFieldErrors.ts'

/** What follows when a form was sent: back to the list, or to the first field that is wrong. */
export function useFormResult<T>(form: UseFormReturnType<T>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const focusFirst = (errors: object) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus()
  return {
    focusFirst,
    finish(done: string, name: string) {
      toast(done, name, t('keys.close'))
      void navigate(SILENCES, { state: SKIP_UNSAVED_CHECK })
    },
    refuse(error: Error) {
      const refused = serverFieldErrors(error)
      form.setErrors(refused)
      focusFirst(refused)
    },
  }
}
