// The thread that evaluates history. It is asked by backtest/thread.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { createEvaluator, type BacktestJob, type Part } from '../../backtest/evaluate.ts'

const evaluate = createEvaluator(workerData as BacktestJob)

parentPort!.on('message', (part: Part) => parentPort!.postMessage(evaluate(part)))
