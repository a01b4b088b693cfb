/** A restart of Tocsin takes a second or two. */
const INTERVAL_MS = 1000
const MAX_ATTEMPTS = 30

/**
 * Loads a part of the page, again and again if that fails: Tocsin may be restarting just then, and a page that breaks for it
 * hides what is firing.
 */
export async function retried<T>(load: () => Promise<T>, attempts = MAX_ATTEMPTS): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (attempts <= 1) throw error
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS))
    return retried(load, attempts - 1)
  }
}
