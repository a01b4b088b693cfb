// Retention and limits, saved by a button, since lowering them deletes data; and durable writes.
import { Button, NumberInput, Switch } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { MINUTE_ROLLUP_FACTOR, settingsPatch, type Settings } from '../../../shared/schemas/settings.ts'
import { Card } from '../../ui/Page.tsx'
import { useFieldErrors } from '../../ui/useFieldErrors.ts'
import classes from './settings.module.css'
import { useSaveSettings } from './useSaveSettings.ts'

const FIELDS = ['retention_days', 'history_days', 'history_megabytes', 'max_series', 'max_series_per_source'] as const
type Field = (typeof FIELDS)[number]
type RetentionSettings = Pick<Settings, Field | 'durable_writes'>

export function Retention({ saved }: { saved: RetentionSettings }) {
  const { t } = useTranslation()
  const errorsOf = useFieldErrors()
  const { save, isPending } = useSaveSettings()
  const form = useForm<Record<Field, number | string>>({
    initialValues: Object.fromEntries(FIELDS.map((field) => [field, saved[field]])) as Record<Field, number>,
    validate: (values) => errorsOf(settingsPatch, values),
  })
  const wanted = form.values
  const changed = FIELDS.filter((field) => wanted[field] !== saved[field])
  const send = form.onSubmit((values) => {
    const patch = settingsPatch.parse(Object.fromEntries(changed.map((field) => [field, values[field]])))
    const next = { ...saved, ...patch }
    const words = { count: next.retention_days, days: next.history_days, megabytes: next.history_megabytes }
    save(patch, t('settings.retentionSaved', words))
  })

  const days = Number(wanted.retention_days) || saved.retention_days
  const descriptionOf = (field: Field) => {
    const less = typeof wanted[field] === 'number' && wanted[field] < saved[field]
    return t(less ? `settings.less.${field}` : `settings.means.${field}`, { days: MINUTE_ROLLUP_FACTOR * days })
  }
  const setDurableWrites = (durable_writes: boolean) =>
    save({ durable_writes }, t(durable_writes ? 'settings.durableWrites.safe' : 'settings.durableWrites.fast'))
  return (
    <Card title={t('settings.retention')}>
      <div className={classes.switches}>
        <Switch
          label={t('settings.durableWrites.name')}
          description={t('settings.durableWrites.means')}
          checked={saved.durable_writes}
          onChange={({ currentTarget: { checked } }) => setDurableWrites(checked)}
        />
      </div>
      <form onSubmit={send} className={classes.saved} noValidate>
        {FIELDS.map((field) => (
          <NumberInput
            key={field}
            size="sm"
            clampBehavior="none"
            allowDecimal={false}
            label={t(`settings.field.${field}`)}
            description={descriptionOf(field)}
            {...form.getInputProps(field)}
          />
        ))}
        <Button type="submit" variant="default" disabled={changed.length === 0} loading={isPending}>
          {t('action.save')}
        </Button>
      </form>
    </Card>
  )
}
