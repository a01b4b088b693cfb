// A word at the lower edge about what is shown not being up to date. It floats, so that nothing moves when it comes.
import { useTranslation } from 'react-i18next'
import classes from './Strip.module.css'

export const Strip = ({ text }: { text: string }) => (
  <div role="alert" className={classes.strip}>
    {text}
  </div>
)

/** Says why what is shown couldn't be read anew; nothing while all is well. */
export function OutdatedStrip({ error }: { error: Error | null | undefined }) {
  const { t } = useTranslation()
  return error ? <Strip text={t('problem.refresh', { detail: error.message })} /> : null
}
