// An interaction mode for several series with different sample times: the nearest point of each.
import type { InteractionItem, InteractionModeFunction } from 'chart.js'
import { getRelativePosition } from 'chart.js/helpers'

declare module 'chart.js' {
  interface InteractionModeMap {
    nearestPerSeries: InteractionModeFunction
  }
}

/** Pixels. Points farther away say nothing about this moment. */
const MAX_DISTANCE = 16

export const nearestPerSeries: InteractionModeFunction = (chart, event) => {
  const { x } = getRelativePosition(event, chart)
  return chart.getSortedVisibleDatasetMetas().flatMap(({ data, index: datasetIndex }): InteractionItem[] => {
    const index = nearestIndex(data, x, MAX_DISTANCE)
    const element = data[index]
    return element ? [{ element, datasetIndex, index }] : []
  })
}

/** The index of the nearest element within `maxDistance`; -1 if there is none. */
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
