// The name of the rule and the series that it matches.
import { Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { SeriesPatternFields } from '../../ui/SeriesPatternFields.tsx'
import { Card } from '../../ui/Page.tsx'
import formClasses from '../../ui/form.module.css'
import type { RuleValues } from './ruleValues.ts'

export function GeneralFields({ form }: { form: UseFormReturnType<RuleValues> }) {
  const { t } = useTranslation()
  return (
    <Card title={t('rules.section.general')}>
      <div className={formClasses.fields}>
        <TextInput size="sm" withAsterisk label={t('rules.field.name')} {...form.getInputProps('name')} />
        <Textarea autosize label={t('rules.field.description')} {...form.getInputProps('description')} />
        <div className={formClasses.pair}>
          <SeriesPatternFields inputProps={(field) => form.getInputProps(field)} />
        </div>
      </div>
    </Card>
  )
}
