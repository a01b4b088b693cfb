// The settings of the program, and their change.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../client.ts'
import type { SettingsOut, SettingsPatch } from '../../../shared/schemas/settings.ts'

const SETTINGS = ['settings']

export const useSettings = () => useQuery({ queryKey: SETTINGS, queryFn: () => client.getSettings() })

/** Shows the change at once, and takes it back where it is refused. */
export function useChangeSettings() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (patch: SettingsPatch) => client.updateSettings({ body: patch }),
    async onMutate({ notify, quiet_hours, llm, ...patch }) {
      // An answer that is on its way would bring back what was.
      await queries.cancelQueries({ queryKey: SETTINGS })
      queries.setQueryData<SettingsOut>(
        SETTINGS,
        (known) =>
          known && {
            ...known,
            ...given(patch),
            notify: { ...known.notify, ...given(notify ?? {}) },
            quiet_hours: { ...known.quiet_hours, ...given(quiet_hours ?? {}) },
            llm: { ...known.llm, ...withoutKey(llm) },
          },
      )
    },
    onSettled: () => queries.invalidateQueries({ queryKey: SETTINGS }),
  })
}

/** A key is written and never shown. */
function withoutKey({ api_key: _, ...llm }: NonNullable<SettingsPatch['llm']> = {}) {
  return given(llm)
}

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> }

const given = <T extends object>(patch: T) =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Given<T>
