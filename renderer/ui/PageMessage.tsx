// A calm word in the middle of a screen that has nothing else to show.
import type { ReactNode } from 'react'
import classes from './PageMessage.module.css'

interface Props {
  title: string
  text?: string | undefined
  icon?: ReactNode
  children?: ReactNode
  /** There is no other heading on the page. */
  alone?: boolean
  /** Read out at once by screen readers: for what went wrong. */
  urgent?: boolean
}

export function PageMessage({ title, text, icon, children, alone = false, urgent = false }: Props) {
  const Heading = alone ? 'h1' : 'h2'
  return (
    <section className={classes.message} role={urgent ? 'alert' : undefined}>
      {icon}
      <Heading className={classes.title}>{title}</Heading>
      {text && <p className={classes.text}>{text}</p>}
      {children}
    </section>
  )
}
