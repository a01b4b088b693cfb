// A banner at the bottom edge that says that the page is out of date. It floats, so that it moves nothing.
import { useTranslation } from 'react-i18next'
import classes from './BottomBanner.module.css'

export const BottomBanner = ({ text }: { text: string }) => (
  <div role="alert" className={classes.strip}>
    {text}
  </div>
)

/** Says why the last update failed; nothing without an error. */
export function StaleDataBanner({ error }: { error: Error | null | undefined }) {
  const { t } = useTranslation()
  return error ? <BottomBanner text={t('problem.refresh', { detail: error.message })} /> : null
}
