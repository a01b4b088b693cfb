// One maintenance window, or a new one.
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { SILENCES } from '../../paths/paths.ts'
import { PageMessage } from '../../ui/PageMessage.tsx'
import { FormPage } from '../../ui/FormPage.tsx'
import { newWindowValues, windowValuesOf } from './silenceValues.ts'
import { useWindows } from '../../api/queries/useSilences.ts'
import { WindowForm } from './WindowForm.tsx'

export function Component() {
  const { t } = useTranslation()
  const { id } = useParams()
  const windows = useWindows()
  const window = windows.data?.find((each) => String(each.id) === id)
  const isNew = id === 'new'
  return (
    <FormPage
      title={isNew ? t('silences.newWindow') : (window?.name ?? t('silences.oneWindow'))}
      back={{ to: SILENCES, label: t('silences.back') }}
      query={windows}
    >
      {isNew && <WindowForm initial={newWindowValues()} />}
      {window && <WindowForm id={window.id} initial={windowValuesOf(window)} />}
      {!isNew && !window && <PageMessage title={t('silences.windowGone')} />}
    </FormPage>
  )
}
