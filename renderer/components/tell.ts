// A short word in the corner about what was done, or can't be.
import { notifications } from '@mantine/notifications'
import classes from './tell.module.css'

export const tell = (title: string, message: string, closeLabel: string) =>
  notifications.show({
    title,
    message,
    withBorder: true,
    classNames: { description: classes.description ?? '' },
    closeButtonProps: { 'aria-label': closeLabel },
  })
