// Work beside the main thread that is asked one thing and ends with its answer.
import { fork } from 'node:child_process'
import type { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

export interface Asked<Answer> {
  /** Rejects with what was thrown there, or when it was ended. */
  answer: Promise<Answer>
  end(): void
}

/** What is plain JSON. */
type Job = object

type Reply<Answer> = { answer: Answer } | { failure: string }

/** Who does the work. */
export interface WorkerJobs {
  /**
   * @param name of the built file; if there is none, `inMain` does its work
   */
  run<Answer>(name: string, job: Job, inMain: () => Answer | Promise<Answer>): Asked<Answer>
}

/**
 * @param asProcesses whether a file may run as a process of its own. What SQLite does in one go holds its thread until
 *   it is done, and whoever ends the thread with it; a process just ends.
 */
export function createWorkerJobs(fileOf: (name: string) => string | undefined, asProcesses: boolean): WorkerJobs {
  return {
    run(name, job, inMain) {
      const file = fileOf(name)
      if (file === undefined || !existsSync(file)) return { answer: Promise.resolve().then(inMain), end() {} }
      return asProcesses ? runInProcess(file, job) : runInThread(file, job)
    },
  }
}

function runInThread<Answer>(file: string, job: Job): Asked<Answer> {
  const worker = new Worker(file, { workerData: job })
  return { answer: answerOf(worker), end: () => void worker.terminate() }
}

function runInProcess<Answer>(file: string, job: Job): Asked<Answer> {
  const child = fork(file, [JSON.stringify(job)], { stdio: 'ignore' })
  // It waits to be let go, so that its end never comes before its answer.
  child.once('message', () => child.disconnect())
  return { answer: answerOf(child), end: () => void child.kill('SIGKILL') }
}

function answerOf<Answer>(source: EventEmitter): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  source.once('message', (reply: Reply<Answer>) =>
    'failure' in reply ? reject(new Error(reply.failure)) : resolve(reply.answer),
  )
  source.once('error', reject)
  source.once('exit', () => reject(new Error('The worker ended without an answer.')))
  return promise
}

/** In the built file: does the work for whoever asked. */
export async function serveJob(work: (job: never) => unknown): Promise<void> {
  if (isMainThread) process.once('disconnect', () => process.exit())
  const job = (isMainThread ? JSON.parse(process.argv[2]!) : workerData) as never
  try {
    reply({ answer: await work(job) })
  } catch (error) {
    reply({ failure: error instanceof Error ? error.message : String(error) })
  }
}

const reply = (reply: Reply<unknown>) => (isMainThread ? process.send!(reply) : parentPort!.postMessage(reply))
