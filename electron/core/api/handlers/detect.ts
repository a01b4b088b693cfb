// Evaluates one value against the history of its series.
import type { Previews } from '../../detection/preview.ts'
import type { Handlers } from './handlers.ts'

export const detectHandlers = (previews: Previews): Pick<Handlers, 'detect'> => ({
  detect({ query: { source, metric_type, current_value, method, z_threshold, iqr_factor, threshold = null } }) {
    return previews.evaluate(source, metric_type, current_value, { method, z_threshold, iqr_factor, threshold })
  },
})
