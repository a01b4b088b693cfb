// The form of a drill, and presets that fill it.
import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { simulationIn, type SimulationOut } from '../../../shared/schemas/simulation.ts'
import { unitOf } from '../../../shared/domain/units.ts'
import { Card } from '../../ui/Page.tsx'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { serverFieldErrors, useFieldErrors } from '../../ui/useFieldErrors.ts'
import { PRESET_NAMES, PRESETS, DEFAULT_DRILL, type Drill } from './presets.ts'
import classes from './simulate.module.css'
import { useDrill } from './useDrill.ts'
import formClasses from '../../ui/form.module.css'

type NumberField = 'normal_count' | 'baseline_mean' | 'baseline_std' | 'anomaly_value'

/** The value of a number field is text while it isn't a valid number. */
type Values = Omit<Drill, NumberField> & Record<NumberField, number | string>

/** @param last the last drill, as initial values */
export function DrillForm({ last }: { last: SimulationOut['simulation'] | undefined }) {
  const { t } = useTranslation()
  const errorsOf = useFieldErrors()
  const drill = useDrill()
  const form = useForm<Values>({
    initialValues: last ? { ...DEFAULT_DRILL, ...last, normal_count: last.normal_points } : DEFAULT_DRILL,
    validate: (values) => errorsOf(simulationIn, values),
  })
  const send = form.onSubmit((values) =>
    drill.mutate(simulationIn.parse(values), { onError: (error) => form.setErrors(serverFieldErrors(error)) }),
  )
  const unit = unitOf(form.values.metric_type)
  const number = (field: NumberField) => (
    <NumberInput
      size="sm"
      clampBehavior="none"
      thousandSeparator=","
      label={t(`simulate.field.${field}`)}
      suffix={unit && field !== 'normal_count' ? ` ${unit}` : ''}
      {...form.getInputProps(field)}
    />
  )
  return (
    <Card title={t('simulate.form')} testId="drill-form">
      <form onSubmit={send} className={formClasses.form} noValidate aria-label={t('simulate.form')}>
        <fieldset className={classes.presets} aria-label={t('simulate.presets')}>
          {PRESET_NAMES.map((name) => (
            <Button
              key={name}
              variant="default"
              size="compact-sm"
              onClick={() => {
                form.setValues({ ...PRESETS[name], source: form.values.source })
                form.clearErrors()
              }}
            >
              {t(`simulate.preset.${name}`)}
            </Button>
          ))}
        </fieldset>
        <TextInput size="sm" label={t('simulate.field.source')} {...form.getInputProps('source')} />
        <TextInput size="sm" label={t('simulate.field.metric_type')} {...form.getInputProps('metric_type')} />
        <div className={formClasses.pair}>
          {number('normal_count')}
          {number('baseline_mean')}
          {number('baseline_std')}
          {number('anomaly_value')}
        </div>
        <Checkbox
          label={t('simulate.field.include_llm')}
          description={t('simulate.field.include_llmHint')}
          {...form.getInputProps('include_llm', { type: 'checkbox' })}
        />
        <ErrorMessage error={drill.error} />
        <Button type="submit" loading={drill.isPending}>
          {t('simulate.run')}
        </Button>
      </form>
    </Card>
  )
}
