// The form of a rule. The method decides which fields there are; the contract validates them.
import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { RULES } from '../../paths/paths.ts'
import { ruleIn, type MethodOut, type Rule } from '../../../shared/schemas/rule.ts'
import { FormActions } from '../../ui/FormActions.tsx'
import { Card } from '../../ui/Page.tsx'
import { useFormResult } from '../../ui/useFormResult.ts'
import { useFieldErrors } from '../../ui/useFieldErrors.ts'
import { Backtest } from './Backtest.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import { GeneralFields } from './GeneralFields.tsx'
import { ChangeHistory } from './ChangeHistory.tsx'
import { MethodFields } from './MethodFields.tsx'
import { Preview } from './Preview.tsx'
import formClasses from '../../ui/form.module.css'
import classes from './rules.module.css'
import { toCandidate, toFormValues, type RuleValues } from './ruleValues.ts'
import { RecoveryFields, TimingFields } from './TimingFields.tsx'
import { useSaveRule } from '../../api/queries/useRules.ts'

interface Props {
  /** Undefined: a new one. */
  rule: Rule | undefined
  methods: readonly MethodOut[]
  /** Called when an undo has changed the rule. */
  undone: () => void
}

export function RuleForm({ rule, methods, undone }: Props) {
  const { t } = useTranslation()
  const errorsOf = useFieldErrors()
  const save = useSaveRule(rule?.id)
  const [deleting, { open: askToDelete, close: keep }] = useDisclosure(false)
  const methodOf = (values: RuleValues) => methods.find(({ method }) => method === values.method) ?? methods[0]!
  const form = useForm<RuleValues>({
    initialValues: toFormValues(rule, firstOf(methods).method),
    validate: (values) => errorsOf(ruleIn, toCandidate(values, methodOf(values))),
  })
  const method = methodOf(form.values)
  const candidate = toCandidate(form.values, method)

  const { finish, refuse, focusFirst } = useFormResult(form, RULES)
  const send = form.onSubmit(
    () =>
      save.mutate(ruleIn.parse(candidate), {
        onSuccess: ({ name }) => finish(t('rules.saved'), name),
        onError: refuse,
      }),
    focusFirst,
  )

  return (
    <div className={classes.columns}>
      <form onSubmit={send} className={formClasses.form} noValidate aria-label={t('rules.one')}>
        <GeneralFields form={form} />
        <MethodFields form={form} methods={methods} method={method} />
        <TimingFields form={form} />
        <RecoveryFields form={form} />
        <FormActions cancelTo={RULES} unsaved={form.isDirty()} error={save.error} pending={save.isPending}>
          {rule && (
            <Button variant="default" ml="auto" onClick={askToDelete}>
              {t('rules.delete')}
            </Button>
          )}
        </FormActions>
      </form>
      <div className={classes.beside}>
        <Card title={t('rules.preview.title')} testId="preview">
          <Preview candidate={candidate} />
        </Card>
        <Card title={t('rules.backtest.title')} testId="backtest">
          <Backtest candidate={candidate} ruleId={rule?.id} />
        </Card>
        {rule && <ChangeHistory ruleId={rule.id} undone={undone} />}
      </div>
      {rule && (
        <DeleteDialog
          rule={rule}
          opened={deleting}
          close={keep}
          deleted={() => finish(t('rules.deleted'), rule.name)}
        />
      )}
    </div>
  )
}

/** A method that needs no threshold, so that a new rule has a preview at once. */
const firstOf = (methods: readonly MethodOut[]) =>
  methods.find(({ uses }) => !uses.includes('threshold')) ?? methods[0]!
