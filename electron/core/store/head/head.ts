// The head samples in memory: the very ones that lie in the log, side by side in the order of their ids. An id is an
// address here, and each sample knows its neighbours of the same series, so that a series costs nothing of its own.
import type { Tags } from '../../../../shared/schemas/sample.ts'

/** What a sample may carry beside its value; samples that carry the same share one. */
export interface SampleMetadata {
  readonly unit: string | null
  readonly serverId: number | null
  readonly tags: Tags | null
}

export const NO_METADATA: SampleMetadata = { unit: null, serverId: null, tags: null }

const SHIFT = 15
const CHUNK = 1 << SHIFT
const MASK = CHUNK - 1

class Chunk {
  readonly series = new Int32Array(CHUNK)
  readonly time = new Float64Array(CHUNK)
  readonly value = new Float64Array(CHUNK)
  /** Distances in ids to the neighbours of the same series; 0 if there is none. */
  readonly previous = new Uint32Array(CHUNK)
  readonly next = new Uint32Array(CHUNK)
  readonly late = new Uint8Array(CHUNK)
  readonly metadata: SampleMetadata[] = []
}

const BYTES_PER_CHUNK = CHUNK * (4 + 8 + 8 + 4 + 4 + 1 + 8)

export class Head {
  #chunks: Chunk[] = []
  /** The id at the first place of the first chunk. */
  #base: number
  #firstId: number
  #nextId: number

  /** @param firstId the id that the first sample will get */
  constructor(firstId: number) {
    this.#base = this.#firstId = this.#nextId = firstId
  }

  /** The oldest id that is still here; equal to `nextId` if nothing is. */
  get firstId(): number {
    return this.#firstId
  }

  get nextId(): number {
    return this.#nextId
  }

  get size(): number {
    return this.#nextId - this.#firstId
  }

  get bytes(): number {
    return this.#chunks.length * BYTES_PER_CHUNK
  }

  #chunk(id: number): Chunk {
    return this.#chunks[(id - this.#base) >>> SHIFT]!
  }

  #place(id: number): number {
    return (id - this.#base) & MASK
  }

  /**
   * @param seriesId 0 for a sample that only holds its place in the order
   * @param previousId the newest head sample of the series; 0 for none
   * @returns the sample's id
   */
  push(
    seriesId: number,
    time: number,
    value: number,
    late: boolean,
    metadata: SampleMetadata,
    previousId: number,
  ): number {
    const id = this.#nextId
    const index = (id - this.#base) >>> SHIFT
    if (index === this.#chunks.length) this.#chunks.push(new Chunk())
    const chunk = this.#chunks[index]!
    const place = this.#place(id)
    chunk.series[place] = seriesId
    chunk.time[place] = time
    chunk.value[place] = value
    chunk.late[place] = late ? 1 : 0
    chunk.metadata[place] = metadata
    chunk.next[place] = 0
    chunk.previous[place] = previousId && id - previousId
    if (previousId) this.#chunk(previousId).next[this.#place(previousId)] = id - previousId
    this.#nextId++
    return id
  }

  seriesOf(id: number): number {
    return this.#chunk(id).series[this.#place(id)]!
  }

  /** Says which series a sample belongs to; 0 for one that only holds its place. */
  claim(id: number, seriesId: number): void {
    this.#chunk(id).series[this.#place(id)] = seriesId
  }

  timeOf(id: number): number {
    return this.#chunk(id).time[this.#place(id)]!
  }

  valueOf(id: number): number {
    return this.#chunk(id).value[this.#place(id)]!
  }

  isLate(id: number): boolean {
    return this.#chunk(id).late[this.#place(id)] === 1
  }

  metadataOf(id: number): SampleMetadata {
    return this.#chunk(id).metadata[this.#place(id)]!
  }

  /** The neighbour of the same series that came before; 0 if there is none. */
  before(id: number): number {
    const distance = this.#chunk(id).previous[this.#place(id)]!
    return distance && id - distance
  }

  /** The neighbour of the same series that came after; 0 if there is none. */
  following(id: number): number {
    const distance = this.#chunk(id).next[this.#place(id)]!
    return distance && id + distance
  }

  /** Cuts the tie to what came before, after that has gone to a block. */
  detach(id: number): void {
    this.#chunk(id).previous[this.#place(id)] = 0
  }

  /** Ties a sample to one that came before. */
  attach(id: number, previousId: number): void {
    this.#chunk(id).previous[this.#place(id)] = id - previousId
  }

  /** Copies samples from `from` on into columns; the places of their metadata are the caller's matter. */
  copy(from: number, into: { times: Float64Array; values: Float64Array; series: Int32Array }): void {
    const count = into.times.length
    for (let done = 0; done < count;) {
      const chunk = this.#chunk(from + done)
      const place = this.#place(from + done)
      const end = Math.min(CHUNK, place + count - done)
      into.times.set(chunk.time.subarray(place, end), done)
      into.values.set(chunk.value.subarray(place, end), done)
      into.series.set(chunk.series.subarray(place, end), done)
      done += end - place
    }
  }

  /** Takes back this sample and all after it. */
  truncate(id: number): void {
    for (let gone = this.#nextId - 1; gone >= id; gone--) {
      const previousId = this.before(gone)
      if (previousId) this.#chunk(previousId).next[this.#place(previousId)] = 0
    }
    this.#nextId = Math.min(this.#nextId, id)
    this.#chunks.length = Math.min(this.#chunks.length, (this.#nextId - this.#base + MASK) >>> SHIFT)
  }

  /** Lets go of all samples before this one. */
  dropBefore(id: number): void {
    this.#firstId = Math.max(this.#firstId, id)
    const whole = Math.min((this.#firstId - this.#base) >>> SHIFT, this.#chunks.length)
    this.#chunks.splice(0, whole)
    this.#base += whole * CHUNK
  }
}
