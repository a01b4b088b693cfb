// How long ago, with the exact time on hover.
import { useFormat } from './useFormat.ts'
import { useNow } from './useNow.ts'

interface Props {
  time: string
  className?: string | undefined
}

export function RelativeTime({ time, className }: Props) {
  const format = useFormat()
  const now = useNow()
  return (
    <time dateTime={time} title={format.instant(time)} className={className}>
      {format.age(now - Date.parse(time))}
    </time>
  )
}
