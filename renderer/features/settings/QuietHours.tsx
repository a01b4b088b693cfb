// The hours in which only critical events notify. Saved by a button, once the fields are complete.
import { Button, Checkbox, Group, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { settingsPatch, type Settings } from '../../../shared/schemas/settings.ts'
import { Card } from '../../ui/Page.tsx'
import { TimeZoneInput } from '../../ui/TimeZoneInput.tsx'
import { useDayNames } from '../../ui/useDayNames.ts'
import { useFieldErrors } from '../../ui/useFieldErrors.ts'
import classes from './settings.module.css'
import { useSaveSettings } from './useSaveSettings.ts'

type Hours = Settings['quiet_hours']

interface Values {
  days: string[]
  from: string
  to: string
  /** Empty: the time zone of the machine. */
  time_zone: string
}

export function QuietHours({ hours }: { hours: Hours }) {
  const { t } = useTranslation()
  const errorsOf = useFieldErrors()
  const { days } = useDayNames()
  const { save, isPending } = useSaveSettings()
  const form = useForm<Values>({
    initialValues: toFormValues(hours),
    validate: (values) => errorsOf(settingsPatch.shape.quiet_hours.unwrap(), toPatch(values)),
  })
  const saved = toPatch(toFormValues(hours))
  const changed = JSON.stringify(toPatch(form.values)) !== JSON.stringify(saved)
  const send = form.onSubmit((values) => save({ quiet_hours: toPatch(values) }, t('settings.quietHours.saved')))
  const setEnabled = (on: boolean) =>
    save({ quiet_hours: { on } }, t(on ? 'settings.quietHours.on' : 'settings.quietHours.off'))
  return (
    <Card title={t('settings.quietHours.name')}>
      <p className={classes.note}>{t('settings.quietHours.means')}</p>
      <form onSubmit={send} className={classes.hours} noValidate>
        <Switch
          label={t('settings.quietHours.switch')}
          checked={hours.on}
          onChange={({ currentTarget: { checked } }) => setEnabled(checked)}
        />
        <Checkbox.Group label={t('settings.quietHours.days')} {...form.getInputProps('days')}>
          <Group gap="md" mt={4}>
            {days.map(({ value, label }) => (
              <Checkbox key={value} value={value} label={label} />
            ))}
          </Group>
        </Checkbox.Group>
        <div className={classes.saved}>
          <TextInput size="sm" type="time" label={t('settings.quietHours.from')} {...form.getInputProps('from')} />
          <TextInput size="sm" type="time" label={t('settings.quietHours.to')} {...form.getInputProps('to')} />
          <TimeZoneInput description={t('settings.quietHours.zoneHint')} {...form.getInputProps('time_zone')} />
          <Button type="submit" variant="default" disabled={!changed} loading={isPending}>
            {t('settings.quietHours.save')}
          </Button>
        </div>
      </form>
    </Card>
  )
}

const toFormValues = ({ days, from, to, time_zone }: Hours): Values => ({
  days: days.map(String),
  from,
  to,
  time_zone: time_zone ?? '',
})

const toPatch = ({ days, from, to, time_zone }: Values) => ({
  days: days.toSorted().map(Number),
  from,
  to,
  time_zone: time_zone.trim() || null,
})
