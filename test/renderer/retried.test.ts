// Parts of the page that are loaded while Tocsin restarts.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { retried } from '../../renderer/ui/retried.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const failing = (times: number) => {
  let left = times
  return vi.fn<() => Promise<string>>(async () => {
    if (left-- > 0) throw new TypeError('Failed to fetch dynamically imported module')
    return 'loaded'
  })
}

it('loads again until it succeeds', async () => {
  const load = failing(3)
  const loaded = retried(load)
  await vi.advanceTimersByTimeAsync(3000)
  expect(await loaded).toBe('loaded')
  expect(load).toHaveBeenCalledTimes(4)
})

it('gives up in the end, with the error', async () => {
  const loaded = expect(retried(failing(99), 3)).rejects.toThrow(/dynamically imported/)
  await vi.advanceTimersByTimeAsync(2000)
  await loaded
})
