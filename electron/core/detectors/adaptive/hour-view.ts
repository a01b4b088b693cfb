// The value against what it was at this hour on the days before.
import { plain } from '../../../../shared/domain/plain.ts'
import { HourlyMeans, type SavedHours } from './hourly-means.ts'
import { apart, around, type Band, type Placed, type View } from './view.ts'

export class HourView implements View {
  private readonly hours: HourlyMeans

  constructor(saved?: SavedHours) {
    this.hours = new HourlyMeans(24, saved)
  }

  usualAt(hour: number): number | null {
    return this.hours.get(hour)
  }

  departure({ value, hour }: Placed): number | null {
    const usual = this.hours.get(hour)
    return usual === null ? null : value - usual
  }

  band({ hour }: Placed, limit: number): Band | null {
    return around(this.hours.get(hour), limit)
  }

  learn({ value, hour }: Placed): void {
    this.hours.add(hour, value)
  }

  explain(sample: Placed, limit: string): string {
    const usual = this.hours.get(sample.hour) ?? sample.value
    return `${plain(sample.value)} is ${apart(sample.value - usual)} what is usual at this hour (${plain(usual)}), and hardly ever is by more than ${limit}`
  }

  state(): SavedHours {
    return this.hours.state()
  }
}
