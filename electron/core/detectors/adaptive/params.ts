// The settings of ADAPTIVE.
import { z } from 'zod'
import { timeZone } from '../../../../shared/schemas/time-zone.ts'

export const adaptiveParams = z.object({
  sensitivity: z
    .number()
    .min(0.1)
    .max(10)
    .default(1)
    .meta({ description: 'at 2, a deviation half as large fires; at 0.5, one twice as large' }),
  min_change: z
    .number()
    .min(0)
    .max(1)
    .default(0.09)
    .meta({ description: 'the smallest deviation that counts, as a share of the normal level' }),
  side: z
    .enum(['both', 'above', 'below'])
    .default('both')
    .meta({ description: 'if only one side is bad: deviations above or below normal' }),
  corroborate: z.boolean().default(false).meta({
    description:
      'on a source with many series: a small deviation of one series alone fires only after half an hour, or if another series of the source deviates within five minutes',
  }),
  time_zone: timeZone
    .optional()
    .meta({ description: 'the time zone of its hours; the default is that of this machine' }),
})
export type AdaptiveParams = z.infer<typeof adaptiveParams>
