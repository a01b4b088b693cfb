import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { SILENCES } from '../../paths/paths.ts'
import { SETTLED } from '../../ui/LeaveGuard.tsx'
import { tell } from '../../ui/tell.ts'
import { refusedFields } from '../../ui/useFieldErrors.ts'

/** What follows when a form was sent: back to the list, or to the first field that is wrong. */
export function useFinish<T>(form: UseFormReturnType<T>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const focusFirst = (errors: object) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus()
  return {
    focusFirst,
    finish(done: string, name: string) {
      tell(done, name, t('keys.close'))
      void navigate(SILENCES, { state: SETTLED })
    },
    refuse(error: Error) {
      const refused = refusedFields(error)
      form.setErrors(refused)
      focusFirst(refused)
    },
  }
}
