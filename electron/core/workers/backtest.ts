// The thread that judges history. It is asked by backtest/thread.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { createJudge, type Assignment, type Part } from '../backtest/judge.ts'

const judge = createJudge(workerData as Assignment)

parentPort!.on('message', (part: Part) => parentPort!.postMessage(judge(part)))
