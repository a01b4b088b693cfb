// What lies under the pointer where several series are drawn, each sampled at its own times: of every one the nearest.
import type { InteractionItem, InteractionModeFunction } from 'chart.js'
import { getRelativePosition } from 'chart.js/helpers'

declare module 'chart.js' {
  interface InteractionModeMap {
    nearestPerSeries: InteractionModeFunction
  }
}

/** Pixels. What is farther away says nothing about this moment. */
const MAX_DISTANCE = 16

export const nearestPerSeries: InteractionModeFunction = (chart, event) => {
  const { x } = getRelativePosition(event, chart)
  return chart.getSortedVisibleDatasetMetas().flatMap(({ data, index: datasetIndex }): InteractionItem[] => {
    const index = nearestIndex(data, x, MAX_DISTANCE)
    const element = data[index]
    return element ? [{ element, datasetIndex, index }] : []
  })
}

/** Of those that lie no farther away than `reach` the nearest; -1 without one. */
export function nearestIndex(elements: readonly { x: number }[], x: number, maxDistance: number): number {
  let nearest = -1
  let distance = maxDistance
  for (const [index, element] of elements.entries()) {
    const away = Math.abs(element.x - x)
    if (away > distance) continue
    nearest = index
    distance = away
  }
  return nearest
}
