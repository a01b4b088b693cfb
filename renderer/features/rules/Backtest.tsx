// A backtest of the rule in the form over the stored samples of some days, compared with the current rule.
import { Button, Progress, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  backtestIn,
  type Backtest as BacktestOut,
  type BacktestIn,
  type BacktestResult,
} from '../../../shared/schemas/backtest.ts'
import { client } from '../../api/client.ts'
import { localTimeZone } from '../../ui/localTimeZone.ts'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import text from '../../ui/text.module.css'
import classes from './rules.module.css'
import { Firings } from './PreviewResult.tsx'
import { DAY, toIso } from '../../../shared/domain/time.ts'

const SPANS = ['7', '30'] as const
const POLL_MS = 300

interface Props {
  /** The values of the form, valid or not. */
  candidate: object
  ruleId: number | undefined
}

export function Backtest({ candidate, ruleId }: Props) {
  const { t } = useTranslation()
  const [span, setSpan] = useState<(typeof SPANS)[number]>('7')
  const rule = backtestIn.safeParse({ ...candidate, rule_id: ruleId })
  const start = useMutation({
    mutationFn: (body: BacktestIn) =>
      client.startBacktest({
        body: {
          ...body,
          from: toIso(Date.now() - Number(span) * DAY),
          tz: localTimeZone(),
        },
      }),
  })
  const backtest = useBacktest(start.data?.id)
  const cancel = useMutation({
    mutationFn: (id: number) => client.cancelBacktest({ params: { backtest_id: id } }),
    onSettled: () => backtest.refetch(),
  })
  const isRunning = start.isPending || backtest.data?.status === 'running'
  return (
    <div className={classes.preview} aria-busy={isRunning}>
      <div className={classes.previewHead}>
        <SegmentedControl
          aria-label={t('rules.preview.span')}
          data={SPANS.map((value) => ({ value, label: t(`rules.backtest.spans.${value}`) }))}
          value={span}
          onChange={setSpan}
        />
        {isRunning ? (
          <Button size="compact-sm" variant="default" onClick={() => start.data && cancel.mutate(start.data.id)}>
            {t('action.cancel')}
          </Button>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            disabled={!rule.success}
            onClick={() => rule.data && start.mutate(rule.data)}
          >
            {t('rules.backtest.start')}
          </Button>
        )}
      </div>
      {backtest.data && <BacktestState backtest={backtest.data} />}
      <ErrorMessage error={start.error ?? backtest.error ?? cancel.error} />
    </div>
  )
}

const useBacktest = (id: number | undefined) =>
  useQuery({
    queryKey: ['backtest', id],
    queryFn: () => client.getBacktest({ params: { backtest_id: id! } }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? POLL_MS : false),
    staleTime: Infinity,
    retry: false,
  })

function BacktestState({ backtest: { status, progress, error, result } }: { backtest: BacktestOut }) {
  const { t } = useTranslation()
  if (result) return <BacktestOutcome result={result} />
  if (status !== 'running') return <p className={text.note}>{error ?? t('rules.backtest.cancelled')}</p>
  const { series_done: done, series, samples_done, samples } = progress
  return (
    <>
      <Progress
        value={samples === 0 ? 0 : (100 * samples_done) / samples}
        aria-label={t('rules.backtest.progress', { done, count: series })}
      />
      <p className={text.note}>{t('rules.backtest.progress', { done, count: series })}</p>
    </>
  )
}

function BacktestOutcome({ result: { rule, current, comparison, samples, firings } }: { result: BacktestResult }) {
  const { t } = useTranslation()
  return (
    <>
      <output className={classes.verdict} data-testid="backtest-verdict">
        {t('rules.backtest.fired', { count: rule.firings })}
        {current && ` ${t('rules.backtest.current', { count: current.firings })}`}
      </output>
      {comparison && (
        <p className={text.note}>
          {[
            t('rules.backtest.compared', comparison),
            t('rules.backtest.feedback', {
              wrong: comparison.false_alarms_gone,
              ofWrong: comparison.false_alarms,
              lost: comparison.confirmed_lost,
              ofConfirmed: comparison.confirmed,
            }),
          ].join(' ')}
        </p>
      )}
      <p className={text.note}>
        {[
          t('rules.preview.samples', { count: samples }),
          t('rules.backtest.notifications', { count: rule.notified }),
          t('rules.backtest.atNight', { count: rule.notified_at_night }),
          t('rules.backtest.silenced', { count: rule.silenced }),
        ].join(' · ')}
      </p>
      <Firings firings={firings} total={firings.length} />
    </>
  )
}
