// The settings of the program, and their update.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { definedFields } from '../../../shared/domain/defined-fields.ts'
import { client } from '../client.ts'
import { queryKeys } from './queryKeys.ts'
import type { SettingsOut, SettingsPatch } from '../../../shared/schemas/settings.ts'

export const useSettings = () => useQuery({ queryKey: queryKeys.settings, queryFn: () => client.getSettings() })

/** Updates optimistically, and rolls back if refused. */
export function useChangeSettings() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (patch: SettingsPatch) => client.updateSettings({ body: patch }),
    async onMutate({ notify, quiet_hours, llm, ...patch }) {
      // A pending answer would overwrite the new value.
      await queries.cancelQueries({ queryKey: queryKeys.settings })
      queries.setQueryData<SettingsOut>(
        queryKeys.settings,
        (known) =>
          known && {
            ...known,
            ...definedFields(patch),
            notify: { ...known.notify, ...definedFields(notify ?? {}) },
            quiet_hours: { ...known.quiet_hours, ...definedFields(quiet_hours ?? {}) },
            llm: { ...known.llm, ...withoutKey(llm) },
          },
      )
    },
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.settings }),
  })
}

/** A key is written and never shown. */
function withoutKey({ api_key: _, ...llm }: NonNullable<SettingsPatch['llm']> = {}) {
  return definedFields(llm)
}
