// The two globs that choose series, as fields of a form.
import { TextInput } from '@mantine/core'
import type { GetInputPropsReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'

interface Props {
  inputProps: (field: 'source' | 'metric_type') => GetInputPropsReturnType
}

export function SeriesPatternFields({ inputProps }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput size="sm" label={t('rules.field.source')} description={t('pattern.hint')} {...inputProps('source')} />
      <TextInput
        size="sm"
        label={t('rules.field.metricType')}
        description={t('pattern.hint')}
        {...inputProps('metric_type')}
      />
    </>
  )
}
