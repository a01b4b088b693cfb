// Bodies on their way in: JSON only, plain or gzip, at most 1 MiB unpacked.
import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

/** Bytes, unpacked. */
const MOST_BODY = 1024 * 1024

/** Packing what can't be packed makes it a little larger. */
const MOST_PACKED = MOST_BODY + 4096

const unpack = promisify(gunzip)

/** For operations that declare no body: whatever comes is not looked at. */
export function ignoreBodies(app: FastifyInstance) {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
}

/** For operations that declare a body. A body that is left out counts as `{}`, so that the schema says what is missing. */
export function acceptJson(app: FastifyInstance) {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addHook('onRequest', async (request) => refuseOtherEncodings(request))
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer', bodyLimit: MOST_PACKED },
    async (request: FastifyRequest, packed: Buffer) => {
      const bytes = isPacked(request) ? await unpacked(packed) : packed
      if (bytes.length > MOST_BODY) throw tooLarge()
      if (!isUtf8(bytes)) throw new AppError(400, 'The body is not valid UTF-8.')
      return bytes.length === 0 ? undefined : parsed(request, bytes.toString('utf8'))
    },
  )
  app.addHook('preValidation', async (request) => {
    if (request.body === undefined) request.body = {}
  })

  const parsed = (request: FastifyRequest, text: string) =>
    new Promise<unknown>((resolve, reject) => {
      void parseJson(request, text, (error, value) => (error ? reject(brokenJson(text)) : resolve(value)))
    })
}

const tooLarge = () => new AppError(413, 'A body may have 1 MiB, unpacked.')

/** Types are refused by Fastify, which has no other parser. Both come before the body is read. */
function refuseOtherEncodings({ raw: { headers } }: FastifyRequest) {
  if (!ENCODINGS.has(encodingOf(headers))) {
    throw new AppError(415, 'The body may be packed with gzip or not at all; this Content-Encoding is unknown.')
  }
}

const ENCODINGS = new Set(['identity', 'gzip'])

const encodingOf = (headers: FastifyRequest['raw']['headers']) =>
  (headers['content-encoding'] ?? 'identity').trim().toLowerCase()

const isPacked = ({ raw: { headers } }: FastifyRequest) => encodingOf(headers) === 'gzip'

/** Stops at the limit, however much more there is to come out. */
async function unpacked(packed: Buffer) {
  try {
    return await unpack(packed, { maxOutputLength: MOST_BODY })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge()
    throw new AppError(400, 'The body is not valid gzip.', { cause: error })
  }
}

/** The parser that refuses poisoned keys doesn't say where the text is broken, so it is read once more. */
function brokenJson(text: string) {
  try {
    JSON.parse(text)
    return new AppError(400, 'The body has a key that is not allowed: __proto__ or constructor.')
  } catch (error) {
    return new AppError(400, `The body is not valid JSON: ${(error as Error).message}`, { cause: error })
  }
}
