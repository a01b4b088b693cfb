// A word at the lower edge about what is shown not being up to date. It floats, so that nothing moves when it comes.
import { useTranslation } from 'react-i18next'
import classes from './BottomBanner.module.css'

export const BottomBanner = ({ text }: { text: string }) => (
  <div role="alert" className={classes.strip}>
    {text}
  </div>
)

/** Says why what is shown couldn't be read anew; nothing while all is well. */
export function StaleDataBanner({ error }: { error: Error | null | undefined }) {
  const { t } = useTranslation()
  return error ? <BottomBanner text={t('problem.refresh', { detail: error.message })} /> : null
}
