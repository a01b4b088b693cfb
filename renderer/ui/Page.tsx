// A page that scrolls as a whole, and the cards on it.
import { useId, type ReactNode } from 'react'
import card from './card.module.css'
import classes from './Page.module.css'

interface PageProps {
  title: string
  /** The test id of the title. */
  titleId?: string
  /** Beside the title. */
  aside?: ReactNode
  children: ReactNode
}

export const Page = ({ title, titleId, aside, children }: PageProps) => (
  <div className={classes.page}>
    <div className={classes.head}>
      <h1 className={classes.title} data-testid={titleId}>
        {title}
      </h1>
      {aside}
    </div>
    {children}
  </div>
)

interface CardProps {
  title: string
  testId?: string
  children: ReactNode
}

export function Card({ title, testId, children }: CardProps) {
  const id = useId()
  return (
    <section className={card.card} aria-labelledby={id} data-testid={testId}>
      <h2 id={id} className={card.title}>
        {title}
      </h2>
      {children}
    </section>
  )
}
