// The thread that looks the database through for damage. It is asked by damage-watch.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { damageInFile } from '../store/damage.ts'

parentPort!.postMessage(damageInFile((workerData as { file: string }).file))
