// Single-key shortcuts, while no text field has the focus and no dialog is open.
import { useWindowEvent } from '@mantine/hooks'

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>

const EDITABLE = 'input, textarea, select, [contenteditable="true"], [role="dialog"]'

/** @param keys commands by `KeyboardEvent.key` */
export function useShortcuts(keys: Shortcuts): void {
  useWindowEvent('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof Element && event.target.closest(EDITABLE)) return
    if (document.querySelector('[role="dialog"]')) {
      // Typed before the dialog got the focus: Enter is for the dialog, not for the link behind it.
      if (event.key === 'Enter') event.preventDefault()
      return
    }
    const command = keys[event.key]
    if (!command) return
    event.preventDefault()
    command(event)
  })
}
