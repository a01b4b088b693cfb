// Whether a source has sent for long enough to be missed: what was started once to try something is not.
import type { Rule } from '../../../../shared/schemas/rule.ts'
import { limitsOf } from '../../detectors/no-data.ts'
import type { SeriesStatus } from '../../store/types/series.ts'
import type { Store } from '../../store/types/store.ts'

interface Deps {
  store: Pick<Store, 'samples' | 'series'>
  /** The source of the host agent, if one runs; it is missed from its first sample on. */
  hostSource?: string | undefined
}

export const createSourceAge =
  ({ store, hostSource }: Deps) =>
  ({ params }: Pick<Rule, 'params'>, { source, lastTime }: SeriesStatus): boolean => {
    const { minAge } = limitsOf(params)
    if (minAge === 0 || source === hostSource) return true
    const ids = store.series.ofSource(source, { drill: false }).map(({ id }) => id)
    return store.samples.newest(ids, 0, lastTime - minAge, 1).length > 0
  }
