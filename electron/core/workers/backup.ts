// Copies the database. It is asked by backups.ts.
import { backUp } from '../store/backup.ts'
import { answerWith } from '../threads.ts'

await answerWith(({ file, to }: { file: string; to: string }) => backUp(file, to))
