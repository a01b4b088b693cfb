// One silence, or a new one.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { SILENCES } from '../../paths/paths.ts'
import { PageMessage } from '../../ui/PageMessage.tsx'
import { FormPage } from '../../ui/FormPage.tsx'
import { newSilenceValues, silenceValuesOf } from './silenceValues.ts'
import { SilenceForm } from './SilenceForm.tsx'
import { useSilences } from '../../api/queries/useSilences.ts'

export function Component() {
  const { t } = useTranslation()
  const { id } = useParams()
  const silences = useSilences()
  const silence = silences.data?.find((each) => String(each.id) === id)
  const isNew = id === 'new'
  return (
    <FormPage
      title={isNew ? t('silences.new') : (silence?.comment ?? t('silences.one'))}
      back={{ to: SILENCES, label: t('silences.back') }}
      query={silences}
    >
      {isNew && <NewSilence />}
      {silence && <SilenceForm id={silence.id} initial={silenceValuesOf(silence)} />}
      {!isNew && !silence && <PageMessage title={t('silences.gone')} />}
    </FormPage>
  )
}

function NewSilence() {
  const [search] = useSearchParams()
  const [initial] = useState(() => newSilenceValues(search, Date.now()))
  return <SilenceForm initial={initial} />
}
