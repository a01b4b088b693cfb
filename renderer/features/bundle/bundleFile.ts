// A bundle as a file: JSON, packed with gzip. It is opened packed or not.
import { MAX_BUNDLE_BYTES, type Bundle } from '../../../shared/schemas/bundle.ts'

/** Why a file is no bundle. */
export class InvalidBundle extends Error {
  readonly reason: 'tooLarge' | 'noJson'

  constructor(reason: InvalidBundle['reason'], options?: ErrorOptions) {
    super(reason, options)
    this.name = 'InvalidBundle'
    this.reason = reason
  }
}

export async function packBundle(bundle: Bundle): Promise<Blob> {
  const packed = new Blob([JSON.stringify(bundle)]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Response(packed).blob()
}

/** @throws NoBundle; whether its fields are right, the program says */
export async function unpackBundle(file: Blob): Promise<unknown> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const isPacked = first === 0x1f && second === 0x8b
  try {
    const bytes = isPacked ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
    return JSON.parse(await textOf(bytes))
  } catch (error) {
    throw error instanceof InvalidBundle ? error : new InvalidBundle('noJson', { cause: error })
  }
}

/** Stops at the limit, however much more would come out of it. */
async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = stream.getReader()
  let text = ''
  let bytes = 0
  for (;;) {
    // Each part can be asked for only when the one before is there.
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
