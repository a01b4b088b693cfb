// Copies text to the clipboard.
import { useTimeout } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from './toast.ts'

const COPIED_SHOWN_MS = 2000

/** `copied` is true for a moment afterwards; a failure shows a toast. */
export function useCopy() {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const { start } = useTimeout(() => setCopied(false), COPIED_SHOWN_MS)

  /** @param read returns the text, or fetches it */
  async function copy(read: () => string | Promise<string>): Promise<void> {
    try {
      await write(await read())
      setCopied(true)
      start()
    } catch (error) {
      toast(t('copy.failed'), error instanceof Error ? error.message : '', t('action.close'))
    }
  }
  return { copied, copy }
}

/** The desktop grants its page no clipboard permission; there, execCommand works on a click. */
async function write(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch (error) {
    if (!writeSelection(text)) throw error
  }
}

function writeSelection(text: string): boolean {
  const onCopy = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }
  document.addEventListener('copy', onCopy)
  const done = document.execCommand('copy')
  document.removeEventListener('copy', onCopy)
  return done
}
