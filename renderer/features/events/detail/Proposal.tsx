// After a false alarm: the smallest change of its rule that would have prevented it, applied with one click.
import { Button, Loader } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../../../shared/schemas/event.ts'
import type { Proposed } from '../../../../shared/schemas/proposal.ts'
import { client } from '../../../api/client.ts'
import { queryKeys } from '../../../api/queries/queryKeys.ts'
import { ErrorMessage } from '../../../ui/ErrorMessage.tsx'
import { useFormat } from '../../../ui/useFormat.ts'
import { useRuleField } from '../../rules/useRuleField.ts'
import classes from './event.module.css'
import { DAY } from '../../../../shared/domain/time.ts'
import text from '../../../ui/text.module.css'
import card from '../../../ui/card.module.css'

/** Needs a key per event. */
export function Proposal({ event }: { event: Event }) {
  const { t } = useTranslation()
  const { data, error, isFetching } = useQuery({
    queryKey: ['proposal', event.id],
    queryFn: () => client.getProposal({ params: { event_id: event.id } }),
    staleTime: Infinity,
    retry: false,
  })
  return (
    <section
      className={`${card.card} ${classes.proposal}`}
      aria-labelledby="proposal"
      data-testid="proposal"
      aria-busy={isFetching}
    >
      <h2 id="proposal" className={card.title}>
        {t('proposal.title')}
      </h2>
      {isFetching && (
        <p className={text.muted}>
          <Loader size={14} /> {t('proposal.evaluating')}
        </p>
      )}
      {data?.proposed && <ProposedChange event={event} proposed={data.proposed} />}
      {data?.reason && <p className={text.muted}>{t('proposal.none', { reason: data.reason })}</p>}
      <ErrorMessage error={error} />
    </section>
  )
}

function ProposedChange({ event, proposed }: { event: Event; proposed: Proposed }) {
  const { t } = useTranslation()
  const words = useProposalText(proposed)
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.rules })
  const undo = useMutation({
    mutationFn: (change: { id: number; rule_id: number }) =>
      client.undoRuleChange({ params: { rule_id: change.rule_id, change_id: change.id } }),
    onSettled: refresh,
  })
  const apply = useMutation({
    mutationFn: () => client.applyProposal({ params: { event_id: event.id } }),
    onMutate: () => undo.reset(),
    onSettled: refresh,
  })
  return (
    <>
      <p className={classes.offer}>{words}</p>
      <div className={classes.actions}>
        {apply.data && !undo.isSuccess ? (
          <>
            <output>{t('proposal.applied')}</output>
            <Button size="xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate(apply.data)}>
              {t('proposal.undo')}
            </Button>
          </>
        ) : (
          <Button size="xs" loading={apply.isPending} onClick={() => apply.mutate()}>
            {t('proposal.apply')}
          </Button>
        )}
      </div>
      <ErrorMessage error={apply.error ?? undo.error} />
    </>
  )
}

function useProposalText({ field, before, after, from, to, ...price }: Proposed): string {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useRuleField()
  const { firings, firings_gone: gone, confirmed_lost: lost, false_alarms: wrong, false_alarms_gone: wrongGone } = price
  const change = t(after > before ? 'proposal.raise' : 'proposal.lower', {
    field: nameOf(field),
    before: format.number(before),
    after: format.number(after),
  })
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY)
  const parts = [
    t('proposal.removes', { gone, count: firings, days }),
    ...(wrong > 1 ? [t('proposal.falseAlarms', { count: wrongGone, wrong })] : []),
    t(lost === 0 ? 'proposal.losesNone' : 'proposal.loses', { count: lost }),
  ]
  return `${change}: ${parts.join(', ')}.`
}
