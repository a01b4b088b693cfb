// The thread that judges history. It is asked by backtest/thread.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { createEvaluator, type BacktestJob, type Part } from '../../backtest/evaluate.ts'

const judge = createEvaluator(workerData as BacktestJob)

parentPort!.on('message', (part: Part) => parentPort!.postMessage(judge(part)))
