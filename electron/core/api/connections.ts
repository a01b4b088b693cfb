// How many connections there may be at a time. Who opens more than that takes from those on which nothing was asked for the
// longest, its own first; who comes is always let in, so that nobody who holds very many shuts the others out.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** Some tens of MB with all that Node keeps for each; agents and tabs of a machine need a few dozen. */
const MAX_CONNECTIONS = 1000

export interface Connections {
  /** A stream is at its end when one of the sides says so, however long nothing is asked. */
  keep(socket: Socket): void
}

export function limitConnections(server: Server): Connections {
  /** Those that were asked for something last come last. */
  const idle = new Set<Socket>()
  const kept = new Set<Socket>()

  server.on('connection', (socket: Socket) => {
    idle.add(socket)
    socket.once('close', () => {
      idle.delete(socket)
      kept.delete(socket)
    })
    if (idle.size + kept.size <= MAX_CONNECTIONS) return
    const [longest] = idle
    idle.delete(longest!)
    longest!.destroy()
  })
  server.on('request', ({ socket }) => {
    if (idle.delete(socket)) idle.add(socket)
  })

  return {
    keep(socket) {
      if (idle.delete(socket)) kept.add(socket)
    },
  }
}
