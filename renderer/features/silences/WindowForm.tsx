import { Button, Checkbox, Group, NumberInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../shared/domain/format.ts'
import { SILENCES } from '../../paths/paths.ts'
import { maintenanceWindowIn } from '../../../shared/schemas/maintenance-windows.ts'
import { Card } from '../../ui/Page.tsx'
import { TimeZoneInput } from '../../ui/TimeZoneInput.tsx'
import { useFieldErrors } from '../../ui/useFieldErrors.ts'
import { MatcherFields } from './MatcherFields.tsx'
import { windowCandidateOf, type WindowValues } from './silenceValues.ts'
import formClasses from '../../ui/form.module.css'
import classes from './silences.module.css'
import { FormActions } from '../../ui/FormActions.tsx'
import { useDayNames } from '../../ui/useDayNames.ts'
import { useFormResult } from '../../ui/useFormResult.ts'
import { useDeleteWindow, useSaveWindow } from '../../api/queries/useSilences.ts'
import { MINUTE } from '../../../shared/domain/time.ts'

interface Props {
  /** Undefined: a new one. */
  id?: number
  initial: WindowValues
}

export function WindowForm({ id, initial }: Props) {
  const { t } = useTranslation()
  const errorsOf = useFieldErrors()
  const save = useSaveWindow(id)
  const remove = useDeleteWindow()
  const { days } = useDayNames()
  const form = useForm<WindowValues>({
    initialValues: initial,
    validate: (values) => errorsOf(maintenanceWindowIn, windowCandidateOf(values)),
  })
  const { finish, refuse, focusFirst } = useFormResult(form, SILENCES)
  const send = form.onSubmit((values) => {
    const { is_active: _, ...body } = maintenanceWindowIn.parse(windowCandidateOf(values))
    save.mutate(body, { onSuccess: ({ name }) => finish(t('silences.windowSaved'), name), onError: refuse })
  }, focusFirst)
  const { minutes } = form.values
  return (
    <form
      onSubmit={send}
      className={`${formClasses.form} ${classes.form}`}
      noValidate
      aria-label={t('silences.oneWindow')}
    >
      <MatcherFields values={form.values} inputProps={(field) => form.getInputProps(field)}>
        <TextInput size="sm" withAsterisk label={t('rules.field.name')} {...form.getInputProps('name')} />
      </MatcherFields>
      <Card title={t('silences.section.when')}>
        <div className={formClasses.fields}>
          <Checkbox.Group label={t('silences.field.days')} {...form.getInputProps('days')}>
            <Group gap="md" mt={4}>
              {days.map(({ value, label }) => (
                <Checkbox key={value} value={value} label={label} />
              ))}
            </Group>
          </Checkbox.Group>
          <div className={formClasses.pair}>
            <TextInput size="sm" type="time" label={t('silences.field.start')} {...form.getInputProps('start')} />
            <NumberInput
              size="sm"
              clampBehavior="none"
              allowDecimal={false}
              label={t('silences.field.minutes')}
              description={typeof minutes === 'number' && minutes >= 60 ? formatDuration(minutes * MINUTE) : undefined}
              {...form.getInputProps('minutes')}
            />
            <TimeZoneInput description={t('silences.field.zoneHint')} {...form.getInputProps('time_zone')} />
          </div>
        </div>
      </Card>
      <FormActions
        cancelTo={SILENCES}
        unsaved={form.isDirty()}
        error={save.error ?? remove.error}
        pending={save.isPending}
      >
        {id !== undefined && (
          <Button
            variant="default"
            ml="auto"
            loading={remove.isPending}
            onClick={() => remove.mutate(id, { onSuccess: () => finish(t('silences.windowDeleted'), initial.name) })}
          >
            {t('silences.deleteWindow')}
          </Button>
        )}
      </FormActions>
    </form>
  )
}
