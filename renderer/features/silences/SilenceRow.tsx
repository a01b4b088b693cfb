// One silence in the list.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { SILENCES } from '../../paths/paths.ts'
import type { Silence } from '../../../shared/schemas/silences.ts'
import { toast } from '../../ui/toast.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { MatcherSummary } from './MatcherSummary.tsx'
import list from '../../ui/list.module.css'
import text from '../../ui/text.module.css'
import classes from './silences.module.css'
import type { SilenceState } from './silenceState.ts'
import { useEndSilence } from '../../api/queries/useSilences.ts'

interface Props {
  silence: Silence
  state: SilenceState
}

export function SilenceRow({ silence, state }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { id, comment, created_by, from, to } = silence
  return (
    <li
      className={`${list.row} ${classes.row}`}
      data-testid="silence-row"

      data-off={state === 'expired' || undefined}
    >
      <div className={list.cell}>
        {state === 'expired' ? (
          <span className={list.name}>{comment}</span>
        ) : (
          <Link to={`${SILENCES}/${id}`} className={list.name}>
            {comment}
          </Link>
        )}
        <span className={text.note}>{t('silences.by', { who: created_by })}</span>
      </div>
      <MatcherSummary matcher={silence} />
      <div className={list.cell}>
        <span>{t('silences.until', { until: format.moment(to) })}</span>
        <span className={text.note}>{t('silences.from', { from: format.moment(from) })}</span>
      </div>
      <div>{state !== 'expired' && <End silence={silence} />}</div>
    </li>
  )
}

function End({ silence: { id, comment } }: Pick<Props, 'silence'>) {
  const { t } = useTranslation()
  const { mutate, isPending } = useEndSilence()
  const end = () =>
    mutate(id, {
      onSuccess: () => toast(t('silences.ended'), comment, t('action.close')),
      onError: (error) => toast(t('action.failed'), error.message, t('action.close')),
    })
  return (
    <Button
      size="xs"
      variant="default"
      loading={isPending}
      onClick={end}
      aria-label={t('silences.endName', { name: comment })}
    >
      {t('silences.end')}
    </Button>
  )
}
