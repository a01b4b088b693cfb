// The thread that copies the database. It is asked by backups.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { backUp } from '../store/backup.ts'

const { file, to } = workerData as { file: string; to: string }

parentPort!.postMessage(await backUp(file, to))
