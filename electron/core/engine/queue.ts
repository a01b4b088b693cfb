// Samples that wait for their judgement, in the order of their ids. Commits are kept as they come, so that adding one
// costs nothing per sample, and taking one costs the same however many wait.
import type { StoredSample } from '../store/store.ts'

export class Queue {
  /** Samples that wait. */
  length = 0
  private commits: (readonly StoredSample[])[] = []
  private commit = 0
  private index = 0

  add(samples: readonly StoredSample[]): void {
    if (samples.length === 0) return
    this.commits.push(samples)
    this.length += samples.length
  }

  take(): StoredSample | undefined {
    const samples = this.commits[this.commit]
    if (!samples) return undefined
    const sample = samples[this.index++]
    this.length--
    if (this.index === samples.length) this.leave()
    return sample
  }

  clear(): void {
    this.commits = []
    this.commit = this.index = this.length = 0
  }

  /** Commits that are through go in portions, since taking out the first of an array moves all others. */
  private leave(): void {
    this.index = 0
    if (++this.commit < 1000 && this.commit < this.commits.length) return
    this.commits.splice(0, this.commit)
    this.commit = 0
  }
}
