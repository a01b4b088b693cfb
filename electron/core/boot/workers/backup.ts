// Copies the database. It is asked by backups.ts.
import { backUp } from '../../store/recovery/backup.ts'
import { serveJob } from '../../platform/worker-jobs.ts'

await serveJob(({ file, to }: { file: string; to: string }) => backUp(file, to))
