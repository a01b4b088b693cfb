// Shows what will be deleted: the source itself, or all sources that match the glob in the field. Enter in the field
// submits nothing, so that nobody confirms a number before reading it.
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
  /** Called once the deletion has started. */
  deleted: () => void
}

export function DeleteSourceForm({ source, close, deleted }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState(source)
  const field = useRef<HTMLInputElement>(null)
  const fault = useFieldErrors()(sourcesQuery, { source: text }).source
  // A name may contain a `*`: the given source is taken literally until the field changes.
  const isGlob = text !== source
  const { size, error, remove } = useDeleteSource({
    named: { text, isGlob, isValid: fault === undefined },
    onDeleted(gone) {
      close()
      toast(
        t('metrics.deleteSource.started', { count: 'sources' in gone ? gone.sources : 1 }),
        gone.source,
        t('action.close'),
      )
      if (createGlob(gone.source)(source)) deleted()
    },
    onRefused: () => field.current?.focus(),
  })
  const many = size && 'sources' in size ? size : undefined
  const errorText = (some: Error) =>
    'max_sources' in serverFieldErrors(some) ? t('metrics.deleteSource.moreSources') : some.message
  return (
    <Stack gap="sm">
      <TextInput
        size="sm"
        ref={field}
        label={t('rules.field.source')}
        description={t('metrics.deleteSource.hint')}
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
        {t(isGlob ? 'metrics.deleteSource.manyMeans' : 'metrics.deleteSource.means')}
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
          {many?.sources
            ? t('metrics.deleteSource.confirmMany', { count: many.sources })
            : t('metrics.deleteSource.confirm')}
        </Button>
      </Group>
    </Stack>
  )
}

function AffectedData({ size }: { size: SourceSize | undefined }) {
  const { t } = useTranslation()
  const words = (some: SourceSize) => {
    const sizes = [t('metrics.count', { count: some.series }), t('metrics.samples', { count: some.samples })]
    if (!('sources' in some)) return sizes.join(', ')
    if (some.sources === 0) return t('metrics.deleteSource.noSource')
    const events = t('silences.activeEvents', { count: some.live_events })
    return [t('metrics.sources', { count: some.sources }), ...sizes, events].join(', ')
  }
  return (
    <output className={classes.affectedData} data-testid="affected-data">
      {size && words(size)}
    </output>
  )
}
