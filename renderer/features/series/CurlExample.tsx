// Shows how to post a first sample.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { operations } from '../../../shared/contract/operations.ts'
import classes from './CurlExample.module.css'
import { useCopy } from '../../ui/useCopy.ts'

const SAMPLE = { source: 'my-app', metric_type: 'LATENCY', value: 12.5, unit: 'ms' }

export function CurlExample() {
  const { t } = useTranslation()
  const { copied, copy } = useCopy()
  const command = [
    `curl ${window.location.origin}${operations.postMetric.path} \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(SAMPLE)}'`,
  ].join('\n')
  return (
    <div className={classes.example}>
      <pre className={classes.command} aria-label={t('curl.label')}>
        {command}
      </pre>
      <Button variant="default" size="xs" onClick={() => void copy(() => command)}>
        {copied ? t('copy.done') : t('copy.copy')}
      </Button>
    </div>
  )
}
