// The worker of integrity-check.ts: checks the database for damage.
import { integrityErrorInFile } from '../../store/recovery/integrity.ts'
import { serveJob } from '../../platform/worker-jobs.ts'

await serveJob(({ file }: { file: string }) => integrityErrorInFile(file) ?? null)
