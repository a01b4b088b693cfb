// One rule, or a new one: its form, and beside it a preview.
import { useReducer } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useMethods, useRules } from '../../api/queries/useRules.ts'
import { RULES } from '../../paths/paths.ts'
import { FormPage } from '../../ui/FormPage.tsx'
import { PageMessage } from '../../ui/PageMessage.tsx'
import { RuleForm } from './RuleForm.tsx'

export function Component() {
  const { t } = useTranslation()
  const { id } = useParams()
  const rules = useRules()
  const methods = useMethods()
  // A form keeps its initial values, so another version of the rule needs another form.
  const [version, renew] = useReducer((count: number) => count + 1, 0)
  const isNew = id === 'new'
  const rule = rules.data?.find((each) => String(each.id) === id)
  const query = {
    data: rules.data && methods.data,
    error: rules.error ?? methods.error,
    refetch: () => Promise.all([rules.refetch(), methods.refetch()]),
  }
  const title = isNew ? t('rules.new') : (rule?.name ?? t('rules.one'))
  return (
    <FormPage title={title} back={{ to: RULES, label: t('rules.back') }} query={query}>
      {methods.data && (rule || isNew) && (
        <RuleForm
          key={`${id} ${version}`}
          rule={rule}
          methods={methods.data}
          undone={() => void rules.refetch().then(renew)}
        />
      )}
      {!rule && !isNew && <PageMessage title={t('rules.gone')} />}
    </FormPage>
  )
}
