// The origin of the interface on the desktop. A scheme of its own has an origin, which files have not, and no port
// that another program could take.
export const SCHEME = 'tocsin'
export const ORIGIN = `${SCHEME}://app`

/** Whether an address is the interface's own. */
export const isOwn = (url: string): boolean => url === ORIGIN || url.startsWith(`${ORIGIN}/`)
