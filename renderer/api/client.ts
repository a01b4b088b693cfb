// The typed client, on the transport of the host that the page runs on.
import { CallError, createClient } from '../../shared/client/client.ts'
import { browserHost } from './browser.ts'
import { desktopHost } from './desktop.ts'

export const onDesktop = window.tocsin !== undefined

const host = window.tocsin ? desktopHost(window.tocsin) : browserHost()

export const client = createClient(host.call)
export const subscribeToStream = host.subscribe

/** The status of a refused call; undefined if there was no answer. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof CallError ? error.problem.status : undefined
