// Looks the database through for damage. It is asked by damage-watch.ts.
import { damageInFile } from '../store/damage.ts'
import { answerWith } from '../threads.ts'

await answerWith(({ file }: { file: string }) => damageInFile(file) ?? null)
