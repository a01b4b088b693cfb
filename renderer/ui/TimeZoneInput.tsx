// An input for a time zone that suggests all of them.
import { TextInput, type TextInputProps } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

export function TimeZoneInput(props: TextInputProps) {
  const { t } = useTranslation()
  const list = useId()
  return (
    <>
      <TextInput size="sm" label={t('timeZone')} list={list} spellCheck={false} {...props} />
      <datalist id={list}>
        {ZONES.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </datalist>
    </>
  )
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
