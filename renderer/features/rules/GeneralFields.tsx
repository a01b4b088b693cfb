// What the rule is called and which series it watches.
import { Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Page.tsx'
import rows from '../../ui/Rows.module.css'
import type { RuleValues } from './ruleValues.ts'

export function GeneralFields({ form }: { form: UseFormReturnType<RuleValues> }) {
  const { t } = useTranslation()
  return (
    <Card title={t('rules.section.watches')}>
      <div className={rows.fields}>
        <TextInput size="sm" withAsterisk label={t('rules.field.name')} {...form.getInputProps('name')} />
        <Textarea autosize label={t('rules.field.description')} {...form.getInputProps('description')} />
        <div className={rows.pair}>
          <TextInput
            size="sm"
            label={t('rules.field.source')}
            description={t('rules.field.globHint')}
            {...form.getInputProps('source')}
          />
          <TextInput
            size="sm"
            label={t('rules.field.metricType')}
            description={t('rules.field.globHint')}
            {...form.getInputProps('metric_type')}
          />
        </div>
      </div>
    </Card>
  )
}
