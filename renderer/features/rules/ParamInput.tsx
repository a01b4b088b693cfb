// The input for one param of a method.
import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/useFormat.ts'
import { paramName, type ParamField } from './methodParams.ts'
import type { RuleValues } from './ruleValues.ts'

interface Props {
  form: UseFormReturnType<RuleValues>
  field: ParamField
}

export function ParamInput({ form, field }: Props) {
  const { t } = useTranslation()
  const bounds = useBounds(field)
  const { name, kind, defaultValue, choices } = field
  const { value: entered, ...input } = form.getInputProps(`params.${name}`)
  const value: unknown = entered ?? ''
  const shared = {
    size: 'sm',
    label: capitalize(paramName(name)),
    description: [field.description && capitalize(field.description), bounds].filter(Boolean).join('; '),
    ...input,
  } as const
  const placeholder = defaultValue === undefined ? '' : String(defaultValue)
  if (kind === 'number')
    return (
      <NumberInput
        {...shared}
        clampBehavior="none"
        allowDecimal={!field.isInteger}
        placeholder={placeholder}
        value={typeof value === 'number' ? value : String(value)}
      />
    )
  if (kind === 'flag') return <Switch {...shared} checked={Boolean(entered ?? defaultValue)} />
  const text = String(value)
  if (kind === 'choice')
    return (
      <NativeSelect
        {...shared}
        data={[{ value: '', label: t('rules.default', { value: placeholder }) }, ...choices]}
        value={text}
      />
    )
  return <TextInput {...shared} placeholder={placeholder} value={text} />
}

const capitalize = (text: string) => text[0]?.toUpperCase() + text.slice(1)

function useBounds({ min, max, defaultValue }: ParamField): string {
  const { t } = useTranslation()
  const format = useFormat()
  const from = min !== undefined && format.number(min)
  const to = max !== undefined && format.number(max)
  const range =
    from && to
      ? t('rules.bounds.between', { from, to })
      : from
        ? t('rules.bounds.from', { from })
        : to
          ? t('rules.bounds.to', { to })
          : ''
  return [range, defaultValue !== undefined && t('rules.default', { value: String(defaultValue) })]
    .filter(Boolean)
    .join(', ')
}
