// Notices about Tocsin itself, in English.
import { duration } from './amounts.ts'

const SAMPLES_NOT_EVALUATED =
  'Samples older than the newest sample of their series are stored but not evaluated. If the clock keeps its new time, ' +
  'evaluation resumes within 15 minutes.'

export const notices = {
  databaseQuarantined: ({ damage, file }: { damage: string; file: string }) =>
    `The database was damaged (${damage}). It is kept as ${file}, and Tocsin started with a new database. To restore a ` +
    'backup, run "npm run restore".',
  notBackedUp: ({ reason }: { reason: string }) => `No backup was made before the upgrade: ${reason}`,
  databaseDamaged: ({ damage }: { damage: string }) =>
    `The database is damaged (${damage}). Tocsin still shows what it can read. To replace the database by a backup, run ` +
    `"npm run restore"; the damaged file is kept.`,
  clockBehindSamples: ({ byMs }: { byMs: number }) =>
    `This machine's clock is ${duration(byMs)} behind the newest sample. ${SAMPLES_NOT_EVALUATED}`,
  clockSetBack: ({ byMs }: { byMs: number }) =>
    `This machine's clock was set back by ${duration(byMs)}. ${SAMPLES_NOT_EVALUATED}`,
  clockSetForward: ({ byMs }: { byMs: number }) => `This machine's clock was set forward by ${duration(byMs)}.`,
  samplesFromAhead: ({ source, metricType, aheadMs }: { source: string; metricType: string; aheadMs: number }) =>
    `A sample of ${metricType} on ${source} was ${duration(aheadMs)} ahead of those that followed. It is kept as late, and evaluation goes on with the present ones.`,
  evaluationResumed: () =>
    "Evaluation has resumed. Samples with times ahead of this machine's clock are kept but no longer used for comparison.",
}
