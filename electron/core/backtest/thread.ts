// Evaluates history in a worker thread, so that live work goes on, or in slices on the main thread if there is none.
import { existsSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Log } from '../platform/ports.ts'
import type { Columns } from '../store/types/samples.ts'
import { createEvaluator, type Answer, type BacktestJob, type Part } from './evaluate.ts'

export interface EvaluationThread {
  /** Parts are evaluated in the order of the calls; their columns are transferred. Rejects if the thread has failed. */
  ask(part: Part): Promise<Answer>
  end(): void
}

/** Evaluations in one turn if there is no thread: some milliseconds. */
const SLICE = 2000

/** @param workerFile the built worker file; undefined if there is none */
export function startThread(job: BacktestJob, workerFile: string | undefined, log: Log): EvaluationThread {
  if (workerFile !== undefined && existsSync(workerFile)) return startWorker(job, workerFile)
  log.info({ workerFile }, 'There is no backtest thread; backtests run in slices on the main thread')
  return evaluateInSlices(job)
}

function startWorker(job: BacktestJob, workerFile: string): EvaluationThread {
  const worker = new Worker(workerFile, { workerData: job })
  const waiting: PromiseWithResolvers<Answer>[] = []
  let failure: Error | undefined
  const fail = (error: Error) => {
    failure ??= error
    for (const each of waiting.splice(0)) each.reject(failure)
  }
  worker.on('message', (answer: Answer) => waiting.shift()?.resolve(answer))
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The backtest thread has ended.')))
  return {
    ask(part) {
      if (failure) return Promise.reject(failure)
      const { ids, times, values } = part.columns
      worker.postMessage(part, [ids.buffer, times.buffer, values.buffer] as ArrayBuffer[])
      const answer = Promise.withResolvers<Answer>()
      waiting.push(answer)
      return answer.promise
    },
    end: () => void worker.terminate(),
  }
}

/** On the main thread, if the history is short or there is no worker thread. */
export function evaluateInSlices(job: BacktestJob): EvaluationThread {
  const evaluate = createEvaluator(job)
  const size = Math.ceil(SLICE / job.rules.length)
  return {
    async ask({ series, columns, isLast }) {
      const { length } = columns.ids
      const answer: Answer = { samples: 0, found: null }
      for (let from = 0; from === 0 || from < length; from += size) {
        const isEnd = from + size >= length
        const { samples, found } = evaluate({
          series: from === 0 ? series : null,
          columns: slice(columns, from, from + size),
          isLast: isLast && isEnd,
        })
        answer.samples += samples
        answer.found = found
        await nextTurn()
      }
      return answer
    },
    end() {},
  }
}

const slice = ({ ids, times, values }: Columns, from: number, to: number): Columns => ({
  ids: ids.subarray(from, to),
  times: times.subarray(from, to),
  values: values.subarray(from, to),
})
