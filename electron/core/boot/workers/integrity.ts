// Looks the database through for damage. It is asked by damage-watch.ts.
import { integrityErrorInFile } from '../../store/recovery/integrity.ts'
import { serveJob } from '../../platform/worker-jobs.ts'

await serveJob(({ file }: { file: string }) => integrityErrorInFile(file) ?? null)
