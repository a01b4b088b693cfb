import { useElementSize } from '@mantine/hooks'
import { AXIS_WIDTH } from './options.ts'

/** Pixels. A little wider or narrower is no reason to read everything anew. */
const WIDTH_STEP = 100

/** How wide the plot within an element is, in pixels; 0 until that is known. */
export function usePlotWidth() {
  const { ref, width } = useElementSize<HTMLDivElement>()
  return {
    ref,
    pixels: width > 0 ? Math.max(WIDTH_STEP, Math.floor((width - AXIS_WIDTH) / WIDTH_STEP) * WIDTH_STEP) : 0,
  }
}
