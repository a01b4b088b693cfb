// Bodies on their way in: JSON only, plain or gzip, at most 1 MiB uncompressed, and 32 MiB in all at a time.
import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AppError } from '../platform/errors.ts'
import { HttpError } from './http-error.ts'

/** Bytes, uncompressed. */
const MAX_BODY = 1024 * 1024

/** Compressing incompressible data makes it a little larger. */
const MAX_PACKED = MAX_BODY + 4096

/** Bytes that may lie in memory at a time, from the first until the answer: two thousand posts of a usual agent. */
const MAX_AT_ONCE = 32 * MAX_BODY

const unpack = promisify(gunzip)

declare module 'fastify' {
  interface FastifyRequest {
    /** Bytes of its body that lie in memory. */
    bodyBytes: number
  }
}

/** For operations that declare no body: whatever comes is not looked at. */
export function ignoreBodies(app: FastifyInstance) {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
}

/** For operations that declare a body. A body that is left out counts as `{}`, so that the schema says what is missing. */
export function acceptJson(app: FastifyInstance, rejectBody: () => AppError) {
  const parsed = jsonParser(app)
  const pending = holdBodies(app, rejectBody)
  app.removeAllContentTypeParsers()
  app.addHook('onRequest', (request, _reply, done) => {
    refuseOtherEncodings(request)
    done()
  })
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer', bodyLimit: MAX_PACKED },
    // An uncompressed body goes on at once: no promise, no turn of the event loop lost.
    (request, compressed, done) =>
      isCompressed(request)
        ? uncompressed(compressed).then((bytes) => parsed(request, pending(request, bytes)))
        : done(null, parsed(request, compressed)),
  )
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.body === undefined) request.body = {}
    done()
  })
}

/**
 * Counts what lies in memory, by what has come and not by what was announced: who stalls takes no room from others.
 *
 * @returns counts bytes that were made of a body and gives them back
 */
function holdBodies(app: FastifyInstance, turnAwayBody: () => AppError) {
  let atOnce = 0
  const take = (request: FastifyRequest, bytes: number) => {
    request.bodyBytes += bytes
    atOnce += bytes
    return atOnce <= MAX_AT_ONCE
  }
  app.decorateRequest('bodyBytes', 0)
  app.addHook('preParsing', (request, reply, payload, done) => {
    const count = (chunk: Buffer) => {
      if (take(request, chunk.length)) return
      end()
      // The reader of the body gets an error like any other, and releases what was read.
      payload.emit('error', turnAwayBody())
    }
    // What comes after the answer is thrown away.
    const end = () => {
      payload.off('data', count)
      atOnce -= request.bodyBytes
      request.bodyBytes = 0
    }
    payload.on('data', count).on('error', () => {})
    reply.raw.once('close', end)
    done(null, payload)
  })
  return (request: FastifyRequest, bytes: Buffer) => {
    if (!take(request, bytes.length)) throw turnAwayBody()
    return bytes
  }
}

function jsonParser(app: FastifyInstance) {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  return (request: FastifyRequest, bytes: Buffer): unknown => {
    if (bytes.length > MAX_BODY) throw tooLarge()
    if (!isUtf8(bytes)) throw new HttpError(400, 'The body is not valid UTF-8.')
    if (bytes.length === 0) return undefined
    const text = bytes.toString('utf8')
    let body: unknown
    let failure: Error | null = null
    // It calls back before it returns.
    void parseJson(request, text, (error, value) => {
      body = value
      failure = error
    })
    if (failure) throw brokenJson(text)
    return body
  }
}

const tooLarge = () => new HttpError(413, 'The body is larger than 1 MiB (uncompressed).')

/** Types are refused by Fastify, which has no other parser. Both come before the body is read. */
function refuseOtherEncodings({ raw: { headers } }: FastifyRequest) {
  if (!ENCODINGS.has(encodingOf(headers))) {
    throw new HttpError(415, 'The Content-Encoding is not supported: use gzip or none.')
  }
}

const ENCODINGS = new Set(['identity', 'gzip'])

const encodingOf = (headers: FastifyRequest['raw']['headers']) =>
  (headers['content-encoding'] ?? 'identity').trim().toLowerCase()

const isCompressed = ({ raw: { headers } }: FastifyRequest) => encodingOf(headers) === 'gzip'

/** Stops at the limit, however much more there is to come out. */
async function uncompressed(compressed: Buffer) {
  try {
    return await unpack(compressed, { maxOutputLength: MAX_BODY })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge()
    throw new HttpError(400, 'The body is not valid gzip.', { cause: error })
  }
}

/** The parser that rejects poisoned keys doesn't report where the text is malformed, so it is parsed once more. */
function brokenJson(text: string) {
  try {
    JSON.parse(text)
    return new HttpError(400, 'The body has a key that is not allowed: __proto__ or constructor.')
  } catch (error) {
    return new HttpError(400, `The body is not valid JSON: ${(error as Error).message}`, { cause: error })
  }
}
