import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { SILENCES } from '../../paths/paths.ts'
import { UnsavedChangesGuard, SKIP_UNSAVED_CHECK } from '../../ui/UnsavedChangesGuard.tsx'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { serverFieldErrors } from '../../ui/useFieldErrors.ts'

interface Props {
  error: Error | null
  pending: boolean
  unsaved: boolean
  /** What else can be done. */
  children?: ReactNode
}

/** The end of a form; an error that belongs to no field stands here. */
export function FormActions({ error, pending, unsaved, children }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <UnsavedChangesGuard unsaved={unsaved} />
      <ErrorMessage error={error && Object.keys(serverFieldErrors(error)).length === 0 ? error : null} />
      <Group>
        <Button type="submit" loading={pending}>
          {t('rules.save')}
        </Button>
        <Button component={Link} to={SILENCES} state={SKIP_UNSAVED_CHECK} variant="default">
          {t('action.cancel')}
        </Button>
        {children}
      </Group>
    </>
  )
}
