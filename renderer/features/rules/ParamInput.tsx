// One setting that only one method knows.
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
  const { name, kind, usual, choices } = field
  const { value: given, ...input } = form.getInputProps(`params.${name}`)
  const value: unknown = given ?? ''
  const shared = {
    size: 'sm',
    label: capitalised(paramName(name)),
    description: [field.description && capitalised(field.description), bounds].filter(Boolean).join('; '),
    ...input,
  } as const
  const placeholder = usual === undefined ? '' : String(usual)
  if (kind === 'number')
    return (
      <NumberInput
        {...shared}
        clampBehavior="none"
        allowDecimal={!field.whole}
        placeholder={placeholder}
        value={typeof value === 'number' ? value : String(value)}
      />
    )
  if (kind === 'flag') return <Switch {...shared} checked={Boolean(given ?? usual)} />
  const text = String(value)
  if (kind === 'choice')
    return (
      <NativeSelect
        {...shared}
        data={[{ value: '', label: t('rules.usual', { usual: placeholder }) }, ...choices]}
        value={text}
      />
    )
  return <TextInput {...shared} placeholder={placeholder} value={text} />
}

const capitalised = (text: string) => text[0]?.toUpperCase() + text.slice(1)

function useBounds({ least, most, usual }: ParamField): string {
  const { t } = useTranslation()
  const format = useFormat()
  const from = least !== undefined && format.number(least)
  const to = most !== undefined && format.number(most)
  const range =
    from && to
      ? t('rules.bounds.between', { from, to })
      : from
        ? t('rules.bounds.from', { from })
        : to
          ? t('rules.bounds.to', { to })
          : ''
  return [range, usual !== undefined && t('rules.usual', { usual: String(usual) })].filter(Boolean).join(', ')
}
