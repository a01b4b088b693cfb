// Says what goes before it does: the source itself, or all whose names match what is written in its place. Enter in the
// field sends nothing: the number that is confirmed was there to be read.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createGlob } from '../../../shared/domain/glob.ts'
import { sourcesQuery } from '../../../shared/schemas/series.ts'
import { toast } from '../../ui/toast.ts'
import { serverFieldErrors, useFieldErrors } from '../../ui/useFieldErrors.ts'
import classes from './series.module.css'
import { useDeleteSource, type SourceSize } from './useDeleteSource.ts'

interface Props {
  source: string
  close: () => void
  /** Is called once the source is sure to go. */
  deleted: () => void
}

export function DeleteSourceForm({ source, close, deleted }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState(source)
  const field = useRef<HTMLInputElement>(null)
  const fault = useFieldErrors()(sourcesQuery, { source: text }).source
  // A name may hold a `*` too: it is meant exactly until something else is written.
  const isGlob = text !== source
  const { size, error, remove } = useDeleteSource({
    named: { text, isGlob, isValid: fault === undefined },
    onDeleted(gone) {
      close()
      toast(t('metrics.forgotten', { count: 'sources' in gone ? gone.sources : 1 }), gone.source, t('keys.close'))
      if (createGlob(gone.source)(source)) deleted()
    },
    onRefused: () => field.current?.focus(),
  })
  const many = size && 'sources' in size ? size : undefined
  const errorText = (some: Error) =>
    'max_sources' in serverFieldErrors(some) ? t('metrics.moreSources') : some.message
  return (
    <Stack gap="sm">
      <TextInput
        size="sm"
        ref={field}
        label={t('rules.field.source')}
        description={t('metrics.forgetHint')}
        value={text}
        readOnly={remove.isPending}
        error={fault ?? (error && errorText(error))}
        errorProps={{ role: 'alert' }}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          remove.reset()
        }}
      />
      <AffectedData size={size} />
      <Text size="sm" c="dimmed">
        {t(isGlob ? 'metrics.forgetManyMeans' : 'metrics.forgetMeans')}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={close} data-autofocus>
          {t('action.cancel')}
        </Button>
        <Button
          loading={remove.isPending}
          disabled={!size || many?.sources === 0}
          onClick={() => size && remove.mutate(size)}
        >
          {many?.sources ? t('metrics.forgetMany', { count: many.sources }) : t('metrics.forgetNow')}
        </Button>
      </Group>
    </Stack>
  )
}

function AffectedData({ size }: { size: SourceSize | undefined }) {
  const { t } = useTranslation()
  const words = (some: SourceSize) => {
    const held = [t('metrics.several', { count: some.series }), t('metrics.samples', { count: some.samples })]
    if (!('sources' in some)) return held.join(', ')
    if (some.sources === 0) return t('metrics.noSource')
    const events = t('silences.liveEvents', { count: some.live_events })
    return [t('metrics.sources', { count: some.sources }), ...held, events].join(', ')
  }
  return (
    <output className={classes.affectedData} data-testid="affected-data">
      {size && words(size)}
    </output>
  )
}
