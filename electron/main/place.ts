// The place of the window when it was last closed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { z } from 'zod'

const place = z.object({
  x: z.int().exactOptional(),
  y: z.int().exactOptional(),
  width: z.int().min(640),
  height: z.int().min(480),
  maximized: z.boolean(),
})
export type Place = z.infer<typeof place>

const USUAL: Place = { width: 1360, height: 850, maximized: false }

const fileIn = (dataDir: string) => join(dataDir, 'window.json')

/** The default place if none was saved, or if it is on a display that is gone. */
export function readPlace(dataDir: string): Place {
  try {
    const kept = place.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')))
    return isOnADisplay(kept) ? kept : { ...USUAL, maximized: kept.maximized }
  } catch {
    return USUAL
  }
}

export function keepPlace(dataDir: string, window: BrowserWindow): void {
  const kept: Place = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  try {
    writeFileSync(fileIn(dataDir), JSON.stringify(kept))
  } catch {
    // On a full disk the window comes back at its usual place.
  }
}

function isOnADisplay({ x, y, width, height }: Place): boolean {
  if (x === undefined || y === undefined) return true
  const overlaps = (area: Rectangle) =>
    x < area.x + area.width && x + width > area.x && y < area.y + area.height && y + height > area.y
  return screen.getAllDisplays().some(({ workArea }) => overlaps(workArea))
}
