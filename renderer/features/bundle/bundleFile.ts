// A bundle as a file: JSON, written with gzip, read with or without.
import { MAX_BUNDLE_BYTES, type Bundle } from '../../../shared/schemas/bundle.ts'

/** Why a file is not a bundle. */
export class InvalidBundle extends Error {
  readonly reason: 'tooLarge' | 'notJson'

  constructor(reason: InvalidBundle['reason'], options?: ErrorOptions) {
    super(reason, options)
    this.name = 'InvalidBundle'
    this.reason = reason
  }
}

export async function compressBundle(bundle: Bundle): Promise<Blob> {
  const compressed = new Blob([JSON.stringify(bundle)]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Response(compressed).blob()
}

/** @throws InvalidBundle; the program validates its fields */
export async function unpackBundle(file: Blob): Promise<unknown> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const isCompressed = first === 0x1f && second === 0x8b
  try {
    const bytes = isCompressed ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
    return JSON.parse(await textOf(bytes))
  } catch (error) {
    throw error instanceof InvalidBundle ? error : new InvalidBundle('notJson', { cause: error })
  }
}

/** Stops at the limit, even if more would follow. */
async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = stream.getReader()
  let text = ''
  let bytes = 0
  for (;;) {
    // Chunks can only be read one after the other.
    // oxlint-disable-next-line no-await-in-loop
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.length
    if (bytes > MAX_BUNDLE_BYTES) {
      void reader.cancel()
      throw new InvalidBundle('tooLarge')
    }
    text += decoder.decode(value, { stream: true })
  }
}
