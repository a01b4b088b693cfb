// The change since the sample before, against the change that is usual at this hour.
import { plain } from '../../../../shared/domain/plain.ts'
import { HourlyMeans, type SavedHours } from './hourly-means.ts'
import { apart, around, type Band, type Placed, type View } from './view.ts'

export class ChangeView implements View {
  private readonly hours: HourlyMeans
  private last: number | null

  constructor(saved?: SavedChange) {
    this.hours = new HourlyMeans(24, saved?.hours)
    this.last = saved?.last ?? null
  }

  departure(sample: Placed): number | null {
    const expected = this.expected(sample)
    return expected === null ? null : sample.value - expected
  }

  band(sample: Placed, limit: number): Band | null {
    return around(this.expected(sample), limit)
  }

  learn({ value, hour, afterGap }: Placed): void {
    if (this.last !== null && !afterGap) this.hours.add(hour, value - this.last)
    this.last = value
  }

  explain({ value }: Placed, limit: string): string {
    const last = this.last ?? value
    return `${plain(value)} is ${apart(value - last)} the sample before (${plain(last)}); from one to the next it hardly ever changes by more than ${limit}`
  }

  state(): SavedChange {
    return { hours: this.hours.state(), last: this.last }
  }

  private expected({ hour, afterGap }: Placed): number | null {
    return this.last === null || afterGap ? null : this.last + (this.hours.get(hour) ?? 0)
  }
}

interface SavedChange {
  hours: SavedHours
  last: number | null
}
