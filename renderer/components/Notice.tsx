// A calm word in the middle of a screen that has nothing else to show.
import type { ReactNode } from 'react'
import classes from './Notice.module.css'

interface Props {
  title: string
  text?: string | undefined
  icon?: ReactNode
  children?: ReactNode
  /** Read out at once by screen readers: for what went wrong. */
  urgent?: boolean
}

export const Notice = ({ title, text, icon, children, urgent = false }: Props) => (
  <section className={classes.notice} role={urgent ? 'alert' : undefined}>
    {icon}
    <h2 className={classes.title}>{title}</h2>
    {text && <p className={classes.text}>{text}</p>}
    {children}
  </section>
)
