// A small dialog. Its title is in the body: the library's header would be a second banner landmark of the page.
import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Dialog.module.css'

interface Props {
  opened: boolean
  close: () => void
  title: string
  closeLabel: string
  children: ReactNode
}

export const Dialog = ({ opened, close, title, closeLabel, children }: Props) => (
  <Modal.Root opened={opened} onClose={close} centered transitionProps={{ duration: 0 }}>
    <Modal.Overlay />
    <Modal.Content>
      <Modal.Body className={classes.body}>
        <div className={classes.head}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label={closeLabel} />
        </div>
        {children}
      </Modal.Body>
    </Modal.Content>
  </Modal.Root>
)
