// A short message in the corner.
import { notifications } from '@mantine/notifications'

export const toast = (title: string, message: string, closeLabel: string) =>
  notifications.show({
    title,
    message,
    withBorder: true,
    styles: { description: { color: 'var(--tocsin-muted)' } },
    closeButtonProps: { 'aria-label': closeLabel },
  })
