// The frame of a form: the way back, and what stands there until its data are read.
import { IconArrowLeft } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { SILENCES } from '../../paths/paths.ts'
import { LoadError } from '../../ui/LoadError.tsx'
import { ListSkeleton } from '../../ui/ListSkeleton.tsx'
import { Page } from '../../ui/Page.tsx'
import rows from '../../ui/Rows.module.css'

interface Props {
  title: string
  /** What the form is of. */
  query: Pick<UseQueryResult, 'data' | 'error' | 'refetch'>
  children: ReactNode
}

export function FormPage({ title, query: { data, error, refetch }, children }: Props) {
  const { t } = useTranslation()
  const back = (
    <Link to={SILENCES} className={rows.back}>
      <IconArrowLeft size={16} aria-hidden />
      {t('silences.back')}
    </Link>
  )
  return (
    <Page title={title} aside={back}>
      {data ? (
        children
      ) : error ? (
        <LoadError error={error} retry={() => void refetch()} />
      ) : (
        <ListSkeleton rows={2} height={160} />
      )}
    </Page>
  )
}
