// The page of a form: a link back to the list, and a skeleton or an error until its data is loaded.
import { IconArrowLeft } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { ListSkeleton } from './ListSkeleton.tsx'
import { LoadError } from './LoadError.tsx'
import { Page } from './Page.tsx'
import text from './text.module.css'

interface Props {
  title: string
  back: { to: string; label: string }
  query: Pick<UseQueryResult, 'data' | 'error'> & { refetch: () => unknown }
  children: ReactNode
}

export function FormPage({ title, back, query: { data, error, refetch }, children }: Props) {
  const link = (
    <Link to={back.to} className={text.backLink}>
      <IconArrowLeft size={16} aria-hidden />
      {back.label}
    </Link>
  )
  return (
    <Page title={title} aside={link}>
      {data ? (
        children
      ) : error ? (
        <LoadError error={error} retry={() => void refetch()} />
      ) : (
        <ListSkeleton rows={3} height={160} />
      )}
    </Page>
  )
}
