import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { toast } from './toast.ts'
import { SKIP_UNSAVED_CHECK } from './UnsavedChangesGuard.tsx'
import { serverFieldErrors } from './useFieldErrors.ts'

/**
 * What follows when a form was sent: back to the list, or to the first field that is wrong.
 *
 * @param listPath the path of the list
 */
export function useFormResult<T>(form: UseFormReturnType<T>, listPath: string) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const focusFirst = (errors: object) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus()
  return {
    focusFirst,
    finish(message: string, name: string) {
      toast(message, name, t('action.close'))
      void navigate(listPath, { state: SKIP_UNSAVED_CHECK })
    },
    refuse(error: Error) {
      const refused = serverFieldErrors(error)
      form.setErrors(refused)
      focusFirst(refused)
    },
  }
}
