// Links to the next and the previous page of a list; nothing if there is only one.
import { Button, Group } from '@mantine/core'

interface Props {
  label: string
  previous: string
  next: string
  offset: number
  /** The page size. */
  page: number
  more: boolean
  go: (offset: number) => void
}

export function Pagination({ label, previous, next, offset, page, more, go }: Props) {
  if (offset === 0 && !more) return null
  return (
    <Group component="nav" aria-label={label} justify="center" p="md">
      <Button variant="default" size="xs" disabled={offset === 0} onClick={() => go(Math.max(0, offset - page))}>
        {previous}
      </Button>
      <Button variant="default" size="xs" disabled={!more} onClick={() => go(offset + page)}>
        {next}
      </Button>
    </Group>
  )
}
