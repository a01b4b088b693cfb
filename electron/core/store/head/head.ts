// The head: the samples of the log in memory, as columns in the order of ids. An id is an address here, and each sample
// is linked to its neighbours of the same series, so that a series needs no array of its own.
import type { Tags } from '../../../../shared/schemas/sample.ts'

/** What a sample may carry beside its value. Samples with the same metadata share one object. */
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

  /** The oldest id in the head; equal to `nextId` if the head is empty. */
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
   * @param seriesId 0 for a sample that only takes up its id
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

  /** Assigns a sample to a series; 0 if it only takes up its id. */
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

  /** The previous sample of the same series; 0 if there is none. */
  before(id: number): number {
    const distance = this.#chunk(id).previous[this.#place(id)]!
    return distance && id - distance
  }

  /** The next sample of the same series; 0 if there is none. */
  nextOfSeries(id: number): number {
    const distance = this.#chunk(id).next[this.#place(id)]!
    return distance && id + distance
  }

  /** Unlinks a sample from the one before it, after that was compacted. */
  detach(id: number): void {
    this.#chunk(id).previous[this.#place(id)] = 0
  }

  /** Links a sample to an earlier one of its series. */
  attach(id: number, previousId: number): void {
    this.#chunk(id).previous[this.#place(id)] = id - previousId
  }

  /** Copies samples from `from` on into columns, without their metadata. */
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

  /** Removes this sample and all after it. */
  truncate(id: number): void {
    for (let removed = this.#nextId - 1; removed >= id; removed--) {
      const previousId = this.before(removed)
      if (previousId) this.#chunk(previousId).next[this.#place(previousId)] = 0
    }
    this.#nextId = Math.min(this.#nextId, id)
    this.#chunks.length = Math.min(this.#chunks.length, (this.#nextId - this.#base + MASK) >>> SHIFT)
  }

  /** Frees all samples before this one. */
  dropBefore(id: number): void {
    this.#firstId = Math.max(this.#firstId, id)
    const whole = Math.min((this.#firstId - this.#base) >>> SHIFT, this.#chunks.length)
    this.#chunks.splice(0, whole)
    this.#base += whole * CHUNK
  }
}
