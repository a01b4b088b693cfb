// Serves the built interface under the scheme of its own, with the policy that keeps it to itself.
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'
import { CONTENT_SECURITY_POLICY } from '../core/http/page-policy.ts'
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
    if (!file) return new Response('There is nothing at this path.', { status: 404 })
    return new Response(await readFile(file), {
      headers: {
        'content-type': TYPES[extname(file)]!,
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
      },
    })
  })
}

/** Paths without a known ending are the interface's own affair and get its page. */
function fileFor(rendererDir: string, path: string): string | undefined {
  if (!(extname(path) in TYPES)) return join(rendererDir, 'index.html')
  const file = normalize(join(rendererDir, decodeURIComponent(path)))
  return file.startsWith(rendererDir + sep) ? file : undefined
}
