// The end of a form: an error that belongs to no field, and the buttons.
import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ErrorMessage } from './ErrorMessage.tsx'
import { SKIP_UNSAVED_CHECK, UnsavedChangesGuard } from './UnsavedChangesGuard.tsx'
import { serverFieldErrors } from './useFieldErrors.ts'

interface Props {
  error: Error | null
  pending: boolean
  unsaved: boolean
  /** The path that "Cancel" leads to. */
  cancelTo: string
  /** Further buttons. */
  children?: ReactNode
}

export function FormActions({ error, pending, unsaved, cancelTo, children }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <UnsavedChangesGuard unsaved={unsaved} />
      <ErrorMessage error={error && Object.keys(serverFieldErrors(error)).length === 0 ? error : null} />
      <Group>
        <Button type="submit" loading={pending}>
          {t('action.save')}
        </Button>
        <Button component={Link} to={cancelTo} state={SKIP_UNSAVED_CHECK} variant="default">
          {t('action.cancel')}
        </Button>
        {children}
      </Group>
    </>
  )
}
