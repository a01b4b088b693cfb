// One rule, or a new one: its form, and beside it what it would have done.
import { IconArrowLeft } from '@tabler/icons-react'
import { useReducer } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { RULES } from '../../paths/paths.ts'
import { LoadError } from '../../ui/LoadError.tsx'
import { ListSkeleton } from '../../ui/ListSkeleton.tsx'
import { PageMessage } from '../../ui/PageMessage.tsx'
import { Page } from '../../ui/Page.tsx'
import { RuleForm } from './RuleForm.tsx'
import rows from '../../ui/Rows.module.css'
import { useMethods, useRules } from '../../api/queries/useRules.ts'

export function Component() {
  const { t } = useTranslation()
  const { id } = useParams()
  const rules = useRules()
  const methods = useMethods()
  // A form holds what it began with.
  const [form, anew] = useReducer((count: number) => count + 1, 0)
  const isNew = id === 'new'
  const rule = rules.data?.find((each) => String(each.id) === id)
  const error = rules.error ?? methods.error
  const title = isNew ? t('rules.new') : (rule?.name ?? t('rules.one'))
  const back = (
    <Link to={RULES} className={rows.back}>
      <IconArrowLeft size={16} aria-hidden />
      {t('rules.back')}
    </Link>
  )
  return (
    <Page title={title} aside={back}>
      {rules.data && methods.data ? (
        rule || isNew ? (
          <RuleForm
            key={`${id} ${form}`}
            rule={rule}
            methods={methods.data}
            undone={() => void rules.refetch().then(anew)}
          />
        ) : (
          <PageMessage title={t('rules.gone')} />
        )
      ) : error ? (
        <LoadError error={error} retry={() => void Promise.all([rules.refetch(), methods.refetch()])} />
      ) : (
        <ListSkeleton rows={3} height={160} />
      )}
    </Page>
  )
}
