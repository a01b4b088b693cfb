// A search field that filters a list, debounced.
import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'

const DEBOUNCE_MS = 250

interface Props {
  label: string
  hint: string
  value: string
  change: (value: string) => void
}

export function SearchInput({ label, hint, value, change }: Props) {
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  const changeSoon = useDebouncedCallback((next: string) => {
    setKnown(next)
    change(next)
  }, DEBOUNCE_MS)
  // Something else changed the URL, such as the back button.
  if (value !== known) {
    setKnown(value)
    setText(value)
  }
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      title={hint}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={text}
      maxLength={256}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        changeSoon(currentTarget.value)
      }}
    />
  )
}
