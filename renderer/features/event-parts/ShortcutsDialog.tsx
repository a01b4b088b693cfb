// Lists the keyboard shortcuts.
import { Group, Kbd } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ACTIONS, ACTION_KEYS, PAGE_ACTIONS } from './actions.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import classes from './ShortcutsDialog.module.css'

interface Props {
  opened: boolean
  close: () => void
  /** Whether the page has a list with its own shortcuts. */
  hasList?: boolean
}

export function ShortcutsDialog({ opened, close, hasList = false }: Props) {
  const { t } = useTranslation()
  const navigation: [string[], string][] = [
    [['j', '↓'], t('shortcuts.next')],
    [['k', '↑'], t('shortcuts.previous')],
    [['Enter'], t('shortcuts.enter')],
  ]
  const silencing: [string[], string][] = [
    [['z'], t('snooze.name')],
    [['s'], t('snooze.silence')],
  ]
  const rows: [string[], string][] = [
    ...(hasList ? navigation : []),
    ...(hasList ? [] : silencing),
    ...(hasList ? ACTIONS : [...ACTIONS, ...PAGE_ACTIONS]).map((action): [string[], string] => [
      [ACTION_KEYS[action]],
      t(`action.${action}`),
    ]),
    [['?'], t('shortcuts.help')],
  ]
  return (
    <Dialog opened={opened} close={close} title={t('shortcuts.title')} closeLabel={t('action.close')}>
      <dl className={classes.keys}>
        {rows.map(([keys, meaning]) => (
          <Group key={meaning} component="div" justify="space-between">
            <dt>{meaning}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </Group>
        ))}
      </dl>
    </Dialog>
  )
}
