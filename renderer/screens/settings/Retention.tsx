// How long samples are kept. Saved by a button: fewer days remove what can't be brought back.
import { Button, NumberInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { settingsPatch } from '../../../shared/schemas/settings.ts'
import { Card } from '../../components/Page.tsx'
import { useFieldErrors } from '../../components/useFieldErrors.ts'
import classes from './settings.module.css'
import { useSave } from './useSave.ts'

export function Retention({ days }: { days: number }) {
  const { t } = useTranslation()
  const errorsOf = useFieldErrors()
  const { save, isPending } = useSave()
  const form = useForm<{ retention_days: number | string }>({
    initialValues: { retention_days: days },
    validate: (values) => errorsOf(settingsPatch, values),
  })
  const wanted = form.values.retention_days
  const fewer = typeof wanted === 'number' && wanted < days
  const send = form.onSubmit((values) => {
    const patch = settingsPatch.parse(values)
    save(patch, t('settings.keptFor', { count: patch.retention_days ?? days }))
  })
  return (
    <Card title={t('settings.retention')}>
      <form onSubmit={send} className={classes.line} noValidate>
        <NumberInput
          size="sm"
          clampBehavior="none"
          allowDecimal={false}
          label={t('settings.retentionDays')}
          description={t(fewer ? 'settings.retentionFewer' : 'settings.retentionMeans')}
          {...form.getInputProps('retention_days')}
        />
        <Button type="submit" variant="default" disabled={wanted === days} loading={isPending}>
          {t('settings.save')}
        </Button>
      </form>
    </Card>
  )
}
