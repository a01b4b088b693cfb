// The frames of a page and the world of each that receives IPC, as the browser reports them.
import type { CdpSession } from './cdp.ts'
import { fromChromium } from './protocol.ts'

export interface Frame {
  url: string
  parent: Frame | null
}

export interface Frames {
  frameOf(context: number): Frame | null
  /** The contexts that receive IPC. */
  contexts(): Iterable<number>
  mainUrl(): string
}

/** @param world the name of the world that receives IPC; the page's own if it is empty */
export function followFrames(session: CdpSession, mainId: string, world: string): Frames {
  const frames = new Map<string, Frame>([[mainId, { url: '', parent: null }]])
  const contexts = new Map<number, string>()

  const moved = (id: string, url: string, parentId?: string) => {
    const parent = parentId === undefined ? null : (frames.get(parentId) ?? null)
    frames.set(id, Object.assign(frames.get(id) ?? { parent }, { url: fromChromium(url) }))
  }
  session.on('Page.frameAttached', ({ frameId, parentFrameId }) => moved(frameId, '', parentFrameId))
  session.on('Page.frameNavigated', ({ frame }) => moved(frame.id, frame.url, frame.parentId))
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => moved(frameId, url))
  session.on('Page.documentOpened', ({ frame }) => moved(frame.id, frame.url, frame.parentId))
  session.on('Page.frameDetached', ({ frameId }) => void frames.delete(frameId))
  session.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
    const { frameId, isDefault } = auxData as unknown as { frameId: string; isDefault: boolean }
    if (world === '' ? isDefault : name === world) contexts.set(id, frameId)
  })
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => void contexts.delete(executionContextId))
  session.on('Runtime.executionContextsCleared', () => contexts.clear())

  return {
    frameOf: (context) => frames.get(contexts.get(context) ?? '') ?? null,
    *contexts() {
      for (const [context, frame] of contexts) if (frame === mainId) yield context
    },
    mainUrl: () => frames.get(mainId)!.url,
  }
}
