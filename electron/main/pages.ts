// Serves the built interface under the scheme of its own, with the policy that keeps it to itself.
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { protocol } from 'electron'
import { CONTENT_SECURITY_POLICY } from '../core/api/page-policy.ts'
import { SCHEME } from './origin.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Before the program is ready. */
export const registerScheme = () =>
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])

export function servePages(rendererDir: string): void {
  protocol.handle(SCHEME, async ({ url }) => {
    const file = fileFor(rendererDir, new URL(url).pathname)
    const contents = await readFile(file).catch(() => undefined)
    return new Response(contents ?? 'There is nothing at this path.', {
      status: contents ? 200 : 404,
      headers: {
        'content-type': contents ? TYPES[extname(file)]! : 'text/plain',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
      },
    })
  })
}

/** Paths without a known ending are the interface's own affair and get its page. A URL's path never leads upwards. */
const fileFor = (rendererDir: string, path: string): string =>
  join(rendererDir, extname(path) in TYPES ? path : 'index.html')
