// All rules: what each matches, how it detects, and whether it is on.
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { NEW_RULE } from '../../paths/paths.ts'
import { LoadError } from '../../ui/LoadError.tsx'
import { ListSkeleton } from '../../ui/ListSkeleton.tsx'
import { PageMessage } from '../../ui/PageMessage.tsx'
import { Page } from '../../ui/Page.tsx'
import { StaleDataBanner } from '../../ui/BottomBanner.tsx'
import { RuleRow } from './RuleRow.tsx'
import list from '../../ui/list.module.css'
import { useBudget, noisiestRule } from './useBudget.ts'
import { useMethods, useOpenByRule, useRules } from '../../api/queries/useRules.ts'
import { NoisyRuleHint } from './RuleStats.tsx'
import card from '../../ui/card.module.css'

export function Component() {
  const { t } = useTranslation()
  const rules = useRules()
  const methods = useMethods()
  const open = useOpenByRule().data
  const budget = useBudget().data
  const error = rules.error ?? methods.error
  const make = (
    <Button component={Link} to={NEW_RULE} size="xs" leftSection={<IconPlus size={15} aria-hidden />}>
      {t('rules.new')}
    </Button>
  )
  return (
    <Page title={t('rules.name')} aside={make}>
      {rules.data && methods.data ? (
        <>
          {rules.data.length === 0 && <PageMessage title={t('rules.empty')} text={t('rules.emptyMeans')} />}
          <NoisyRuleHint worst={budget && noisiestRule(budget.rules)} rules={rules.data} />
          {rules.data.length > 0 && (
            <ul className={`${card.surface} ${list.rows}`} aria-label={t('rules.name')}>
              {rules.data.map((rule) => (
                <RuleRow
                  key={rule.id}
                  rule={rule}
                  method={methods.data.find(({ method }) => method === rule.method)}
                  budget={budget?.rules.find(({ rule_id }) => rule_id === rule.id)}
                  open={open && (open.get(rule.id)?.length ?? 0)}
                />
              ))}
            </ul>
          )}
          <StaleDataBanner error={error} />
        </>
      ) : error ? (
        <LoadError error={error} retry={() => void Promise.all([rules.refetch(), methods.refetch()])} />
      ) : (
        <ListSkeleton rows={5} height={64} />
      )}
    </Page>
  )
}
