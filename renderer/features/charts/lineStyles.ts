// Lines on one chart differ by colour, and by dashes for people with colour vision deficiency.
import type { Palette } from '../../ui/theme/palette.ts'

interface LineStyle {
  colour: keyof Palette
  /** The same colour as a CSS variable. */
  variable: string
  /** Pixels drawn and skipped in turn; empty for a solid line. */
  dash: readonly number[]
}

/** One for each slot on a chart. */
export const LINE_STYLES = [
  { colour: 'chartLine', variable: '--tocsin-chart-line', dash: [] },
  { colour: 'chartLine2', variable: '--tocsin-chart-line2', dash: [7, 4] },
  { colour: 'chartLine3', variable: '--tocsin-chart-line3', dash: [2, 3] },
  { colour: 'chartLine4', variable: '--tocsin-chart-line4', dash: [10, 3, 2, 3] },
  { colour: 'chartLine5', variable: '--tocsin-chart-line5', dash: [16, 5] },
  { colour: 'chartLine6', variable: '--tocsin-chart-line6', dash: [8, 3, 2, 3, 2, 3] },
] as const satisfies readonly LineStyle[]

export const lineStyle = (slot: number): LineStyle => LINE_STYLES[slot] ?? LINE_STYLES[0]
