// A message in the middle of a page that has nothing else to show.
import type { ReactNode } from 'react'
import classes from './PageMessage.module.css'

interface Props {
  title: string
  text?: string | undefined
  icon?: ReactNode
  children?: ReactNode
  /** The page has no other heading. */
  alone?: boolean
  /** Announced at once by screen readers: for errors. */
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
