// A short word in the corner about what was done, or can't be.
import { notifications } from '@mantine/notifications'

export const tell = (title: string, message: string, closeLabel: string) =>
  notifications.show({
    title,
    message,
    withBorder: true,
    styles: { description: { color: 'var(--tocsin-quiet)' } },
    closeButtonProps: { 'aria-label': closeLabel },
  })
