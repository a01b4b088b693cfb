// How much is stored of a source, or of all that a glob matches, and the deletion of it.
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { sourceSize, sourcesSize } from '../../../shared/schemas/series.ts'
import { client } from '../../api/client.ts'
import { queryKeys } from '../../api/queries/queryKeys.ts'

/** Both name the source or glob, so that exactly what was shown is deleted. */
export type SourceSize = z.infer<typeof sourceSize> | z.infer<typeof sourcesSize>

interface Options {
  named: { text: string; isGlob: boolean; isValid: boolean }
  /** Called with what is deleted, even after the dialog was closed. */
  onDeleted: (gone: SourceSize) => void
  onRefused: () => void
}

const DEBOUNCE_MS = 250

/** The size is undefined until it belongs to the current text. */
export function useDeleteSource({ named: { text, isGlob, isValid }, onDeleted, onRefused }: Options) {
  const queries = useQueryClient()
  const [debounced] = useDebouncedValue(text, DEBOUNCE_MS)
  const isDebounced = debounced === text
  const { data, error, refetch } = useQuery({
    queryKey: ['source', text, isGlob],
    queryFn: (): Promise<SourceSize> =>
      isGlob ? client.matchSources({ query: { source: text } }) : client.getSource({ params: { source: text } }),
    enabled: isValid && isDebounced,
    gcTime: 0,
  })
  const remove = useMutation({
    mutationFn: (shown: SourceSize): Promise<SourceSize> =>
      'sources' in shown
        ? client.deleteSources({ query: { source: shown.source, max_sources: shown.sources } })
        : client.deleteSource({ params: { source: shown.source } }),
    onSuccess(gone) {
      void queries.invalidateQueries({ queryKey: queryKeys.series })
      onDeleted(gone)
    },
    onError() {
      // More sources may match now.
      void refetch()
      onRefused()
    },
  })
  return { size: data, error: remove.error ?? error, remove }
}
