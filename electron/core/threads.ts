// Threads that are asked one thing and end with their answer.
import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

export interface Asked<Answer> {
  /** Rejects with what the thread threw, or when it was ended. */
  answer: Promise<Answer>
  end(): void
}

/**
 * @param workerFile the built thread, which posts its answer; where there is none, `inMain` does its work
 * @param question plain data
 */
export function askThread<Answer>(
  workerFile: string | undefined,
  question: object,
  inMain: () => Answer | Promise<Answer>,
): Asked<Answer> {
  if (workerFile === undefined || !existsSync(workerFile)) {
    return { answer: Promise.resolve().then(inMain), end() {} }
  }
  const worker = new Worker(workerFile, { workerData: question })
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', () => reject(new Error('The thread ended without an answer.')))
  return { answer: promise, end: () => void worker.terminate() }
}
