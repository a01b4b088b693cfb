// Shares one metadata object among the samples that carry the same metadata.
import { NO_METADATA, type SampleMetadata } from '../head/head.ts'
import { wellFormed, type SeriesHead } from '../series/series-head.ts'
import type { NewSample } from '../types/samples.ts'

/** Combinations of unit and server that are remembered; metadata with tags is shared only with the sample before. */
const MAX_REMEMBERED = 1000

export function createMetadataPool(): (sample: NewSample, series: SeriesHead) => SampleMetadata {
  const known = new Map<string, SampleMetadata>()
  const shared = (unit: string | null, serverId: number | null): SampleMetadata => {
    const key = `${serverId} ${unit}`
    const metadata = known.get(key) ?? { unit, serverId, tags: null }
    if (known.size >= MAX_REMEMBERED) known.clear()
    known.set(key, metadata)
    return metadata
  }
  // Nearly all samples carry the same metadata as the sample before them in their series.
  return ({ unit, serverId, tags }: NewSample, { metadata = NO_METADATA }: SeriesHead): SampleMetadata => {
    if (unit === metadata.unit && serverId === metadata.serverId && areSame(tags, metadata.tags)) return metadata
    const itsUnit = unit === null ? null : wellFormed(unit)
    return tags ? { unit: itsUnit, serverId, tags: plainTags(tags) } : shared(itsUnit, serverId)
  }
}

const areSame = (one: SampleMetadata['tags'], other: SampleMetadata['tags']) =>
  one === other || (one !== null && other !== null && JSON.stringify(one) === JSON.stringify(other))

/** As JSON gives them back when they are read from the database. */
const plainTags = (tags: NonNullable<SampleMetadata['tags']>) =>
  JSON.parse(JSON.stringify(tags)) as NonNullable<SampleMetadata['tags']>
