// A placeholder for a list, in the size of its rows.
import { Skeleton, Stack } from '@mantine/core'

interface Props {
  rows?: number
  height?: number
}

export const ListSkeleton = ({ rows = 6, height = 56 }: Props) => (
  <Stack gap={8} p={16} aria-hidden data-testid="loading">
    {Array.from({ length: rows }, (_, row) => (
      <Skeleton key={row} height={height} />
    ))}
  </Stack>
)
