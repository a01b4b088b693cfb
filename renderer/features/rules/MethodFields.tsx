// How the rule detects: the fields that its method uses, and those that only this method has.
import { NativeSelect, NumberInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { operator, type MethodOut } from '../../../shared/schemas/rule.ts'
import { Card } from '../../ui/Page.tsx'
import { ParamInput } from './ParamInput.tsx'
import formClasses from '../../ui/form.module.css'
import { visibleParams, usesThreshold, type RuleValues } from './ruleValues.ts'

interface Props {
  form: UseFormReturnType<RuleValues>
  methods: readonly MethodOut[]
  method: MethodOut
}

export function MethodFields({ form, methods, method }: Props) {
  const { t } = useTranslation()
  const { uses } = method
  const number = (field: 'z_threshold' | 'iqr_factor' | 'min_samples' | 'threshold') => (
    <NumberInput
      key={field}
      size="sm"
      clampBehavior="none"
      withAsterisk={field === 'threshold'}
      label={t(`rules.field.${field}`)}
      description={t(`rules.field.${field}Hint`)}
      {...form.getInputProps(field)}
    />
  )
  return (
    <Card title={t('rules.section.detection')}>
      <div className={formClasses.fields}>
        <NativeSelect
          size="sm"
          label={t('rules.field.method')}
          description={method.summary}
          data={methods.map((each) => each.method)}
          {...form.getInputProps('method')}
        />
        <div className={formClasses.pair}>
          {uses.includes('operator') && (
            <NativeSelect
              size="sm"
              label={t('rules.field.operator')}
              description={t('rules.field.operatorHint')}
              data={operator.options.map((value) => ({ value, label: t(`rules.operator.${value}`) }))}
              {...form.getInputProps('operator')}
            />
          )}
          {usesThreshold(method, form.values.operator) && number('threshold')}
          {uses.includes('z_threshold') && number('z_threshold')}
          {uses.includes('iqr_factor') && number('iqr_factor')}
          {uses.includes('min_samples') && number('min_samples')}
          {visibleParams(method, form.values.operator).map((field) => (
            <ParamInput key={`${method.method} ${field.name}`} form={form} field={field} />
          ))}
        </div>
      </div>
    </Card>
  )
}
