// A text with a copy button.
import { Button } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCopy } from '../../ui/useCopy.ts'
import classes from './settings.module.css'

interface Props {
  name: string
  /** The visible text; also copied, unless `read` returns another one. */
  text: string
  read?: () => Promise<string>
  children?: React.ReactNode
}

export function Copyable({ name, text, read, children }: Props) {
  const { t } = useTranslation()
  const { copied, copy } = useCopy()
  const Icon = copied ? IconCheck : IconCopy
  return (
    <div className={classes.copyable}>
      <dt>{name}</dt>
      <dd>
        <code className={classes.code}>{text}</code>
        {children}
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon size={14} aria-hidden />}
          aria-label={t('copy.what', { name })}
          onClick={() => void copy(read ?? (() => text))}
        >
          {t(copied ? 'copy.done' : 'copy.copy')}
        </Button>
      </dd>
    </div>
  )
}
