// The changes of a rule, each with an undo.
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RuleChange } from '../../../shared/schemas/rule-change.ts'
import { client } from '../../api/client.ts'
import { queryKeys } from '../../api/queries/queryKeys.ts'
import { Card } from '../../ui/Page.tsx'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useRuleField } from './useRuleField.ts'
import text from '../../ui/text.module.css'
import classes from './rules.module.css'

/** @param undone called when the rule has changed */
export function ChangeHistory({ ruleId, undone }: { ruleId: number; undone: () => void }) {
  const { t } = useTranslation()
  const { data, error } = useQuery({
    queryKey: queryKeys.ruleChanges(ruleId),
    queryFn: () => client.listRuleChanges({ params: { rule_id: ruleId } }),
  })
  return (
    <Card title={t('rules.history.title')} testId="history">
      {data?.length === 0 && <p className={text.note}>{t('rules.history.none')}</p>}
      <ol className={classes.firings}>
        {data?.map((change) => (
          <Change key={change.id} change={change} undone={undone} />
        ))}
      </ol>
      <ErrorMessage error={error} />
    </Card>
  )
}

function Change({ change, undone }: { change: RuleChange; undone: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const changeText = useChangeText()
  const queries = useQueryClient()
  const undo = useMutation({
    mutationFn: () => client.undoRuleChange({ params: { rule_id: change.rule_id, change_id: change.id } }),
    onSuccess: undone,
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.ruleChanges(change.rule_id) }),
  })
  const { at, who, reason, undone_at } = change
  return (
    <li className={classes.firing} data-testid="rule-change">
      <div className={classes.firingHead}>
        <span className={classes.firingSeries}>{changeText(change)}</span>
        {undone_at === null ? (
          <Button size="compact-xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
            {t('rules.history.undo')}
          </Button>
        ) : (
          <span className={text.note}>{t('rules.history.undone', { at: format.instant(undone_at) })}</span>
        )}
      </div>
      <div className={text.note}>{[format.instant(at), who, reason].join(' · ')}</div>
      <ErrorMessage error={undo.error} />
    </li>
  )
}

/** `Threshold 100 → 110, is active true → false`. */
function useChangeText() {
  const nameOf = useRuleField()
  return ({ before, after }: RuleChange): string => {
    const [was, is] = [flattenFields(before), flattenFields(after)]
    return [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .filter((field) => was[field] !== is[field])
      .map((field) => `${nameOf(field)} ${was[field] ?? '–'} → ${is[field] ?? '–'}`)
      .join(', ')
  }
}

/** With the params next to the other fields. */
function flattenFields({ params = {}, ...fields }: RuleChange['before']): Record<string, string | undefined> {
  const all = [
    ...Object.entries(fields),
    ...Object.entries(params).map(([name, value]) => [`params.${name}`, value] as const),
  ]
  return Object.fromEntries(all.filter(([, value]) => value !== null).map(([name, value]) => [name, String(value)]))
}
