import { useElementSize } from '@mantine/hooks'
import { AXIS_WIDTH } from './options.ts'

/** Pixels. A slightly different width doesn't refetch the data. */
const WIDTH_STEP = 100

/** The width of the plot within an element in pixels; 0 until known. */
export function usePlotWidth() {
  const { ref, width } = useElementSize<HTMLDivElement>()
  return {
    ref,
    pixels: width > 0 ? Math.max(WIDTH_STEP, Math.floor((width - AXIS_WIDTH) / WIDTH_STEP) * WIDTH_STEP) : 0,
  }
}
