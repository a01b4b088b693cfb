// What the rule would have done over the stored history; refetched when the form stops changing.
import { Button, Loader, SegmentedControl, Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery, keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { previewIn } from '../../../shared/schemas/preview.ts'
import { serverFieldErrors } from '../../ui/useFieldErrors.ts'
import { PreviewResult } from './PreviewResult.tsx'
import text from '../../ui/text.module.css'
import classes from './rules.module.css'

const PREVIEW_DELAY_MS = 600
const SPANS = ['24', '168'] as const

interface Props {
  /** The values of the form, valid or not. */
  candidate: object
}

export function Preview({ candidate }: Props) {
  const { t } = useTranslation()
  const [span, setSpan] = useState<(typeof SPANS)[number]>('24')
  const [settled] = useDebouncedValue(JSON.stringify({ ...candidate, hours: Number(span) }), PREVIEW_DELAY_MS)
  const { data, error, isFetching, refetch } = usePreview(settled)
  const ready = previewIn.safeParse(JSON.parse(settled)).success
  const refused = ready && error ? error : undefined
  const fields = refused ? serverFieldErrors(refused) : {}
  const shown = ready && !refused ? data : undefined
  return (
    <div className={classes.preview} aria-busy={isFetching}>
      <div className={classes.previewHead}>
        <SegmentedControl
          aria-label={t('rules.preview.span')}
          data={SPANS.map((value) => ({ value, label: t(`rules.preview.spans.${value}`) }))}
          value={span}
          onChange={setSpan}
        />
        <Button
          variant="default"
          size="compact-sm"
          leftSection={isFetching ? <Loader size={14} /> : <IconRefresh size={14} aria-hidden />}
          disabled={!ready}
          onClick={() => void refetch()}
        >
          {t('rules.preview.refresh')}
        </Button>
      </div>
      {!ready && <p className={text.note}>{t('rules.preview.incomplete')}</p>}
      {refused && (
        <output className={text.note}>
          {Object.keys(fields).length > 0
            ? t('rules.preview.refused', { detail: Object.values(fields).join('. ') })
            : t('rules.preview.failed', { detail: refused.message })}
        </output>
      )}
      {shown && <PreviewResult preview={shown} />}
      {ready && !refused && !data && <Skeleton height={160} />}
    </div>
  )
}

/** @param settled the body as text, so that equal bodies share a query */
const usePreview = (settled: string) =>
  useQuery({
    queryKey: ['preview', settled],
    queryFn: () => client.previewRule({ body: previewIn.parse(JSON.parse(settled)) }),
    enabled: previewIn.safeParse(JSON.parse(settled)).success,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    retry: false,
  })
