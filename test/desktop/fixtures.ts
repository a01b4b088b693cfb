// What specs of the desktop alone need beside the fixtures that all specs share.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base, expect, postBaseline } from '../e2e/fixtures.ts'
import type { Desktop, DesktopHost } from './desktop-process.ts'

interface Stranger {
  url: string
  /** The paths that were asked for. */
  asked: string[]
}

export const test = base.extend<{ desktop: Desktop; desktopHost: DesktopHost; stranger: Stranger }>({
  desktop: async ({ tocsin }, use) => use(tocsin.host as Desktop),
  desktopHost: async ({ hostName }, use) => use(hostName as DesktopHost),
  /** A web server that is not ours; what it answers is a page, and `/away` leads to another. */
  stranger: async ({ hostName: _any }, use) => {
    const asked: string[] = []
    const server = createServer(({ url = '' }, response) => {
      asked.push(url)
      if (url === '/away') response.writeHead(302, { location: '/elsewhere' }).end()
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<title>A stranger</title>')
    })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked })
    server.closeAllConnections()
    server.close()
  },
})

export { expect, postBaseline }
