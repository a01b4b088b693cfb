// The interface in a browser: its files, its link, and the headers that keep it to itself.
import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import cookies from '@fastify/cookie'
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { nothingHere } from '../core/api/http-error.ts'
import { CONTENT_SECURITY_POLICY } from '../core/api/page-policy.ts'
import { NOT_BUILT, sendNote, WRONG_LINK } from './notes.ts'
import type { BrowserSession } from './session.ts'

interface PagesOptions {
  /** The built interface: `index.html` and what it needs. */
  rendererDir: string
  session: BrowserSession
}

const INDEX = 'index.html'

/** The names of built files carry a digest of their contents. */
const FOR_GOOD = 'public, max-age=31536000, immutable'

export async function addPages(server: FastifyInstance, { rendererDir, session }: PagesOptions): Promise<void> {
  // The session parses cookies itself, if a guard asks it to.
  await server.register(cookies, { hook: false })
  const built = existsSync(join(rendererDir, INDEX))
  await server.register(async (pages) => {
    pages.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', CONTENT_SECURITY_POLICY)
    })
    await pages.register(files, {
      root: rendererDir,
      // Before the first build there is no such folder.
      suppressWarning: true,
      // One route per file: nothing but what was built can be asked for.
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes(`${sep}assets${sep}`) ? FOR_GOOD : 'no-cache')
      },
    })
    pages.get<{ Querystring: { token?: unknown } }>('/', (request, reply) =>
      request.query.token === undefined ? sendPage(reply, built) : openLink(request.query.token, session, reply),
    )
    pages.get('/*', (request, reply) => {
      if (!wantsPage(request)) throw nothingHere()
      return sendPage(reply, built)
    })
  })
}

function openLink(token: unknown, session: BrowserSession, reply: FastifyReply) {
  const cookie = typeof token === 'string' ? session.cookieFor(token) : undefined
  reply.header('cache-control', 'no-store')
  if (cookie === undefined) return sendNote(reply, 401, WRONG_LINK)
  return reply.setCookie(...cookie).redirect('/', 303)
}

const sendPage = (reply: FastifyReply, built: boolean) =>
  built ? reply.sendFile(INDEX) : sendNote(reply, 503, NOT_BUILT)

/** Paths below the root are the interface's own affair; only a person who navigates asks for one. */
const wantsPage = ({ headers: { accept = '' } }: FastifyRequest) => accept.includes('text/html')
