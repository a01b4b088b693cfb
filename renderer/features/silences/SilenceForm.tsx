import { Button, Group, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { SILENCES } from '../../paths/paths.ts'
import { silenceIn } from '../../../shared/schemas/silences.ts'
import { Card } from '../../ui/Page.tsx'
import { useFieldErrors } from '../../ui/useFieldErrors.ts'
import { toLocalInput } from './localTime.ts'
import { MatcherFields } from './MatcherFields.tsx'
import { presetEnd, PRESETS } from './presets.ts'
import { silenceCandidateOf, type SilenceValues } from './silenceValues.ts'
import formClasses from '../../ui/form.module.css'
import classes from './silences.module.css'
import { FormActions } from '../../ui/FormActions.tsx'
import { useFormResult } from '../../ui/useFormResult.ts'
import { useSaveSilence } from '../../api/queries/useSilences.ts'

interface Props {
  /** Undefined: a new one. */
  id?: number
  initial: SilenceValues
}

export function SilenceForm({ id, initial }: Props) {
  const { t } = useTranslation()
  const errorsOf = useFieldErrors()
  const save = useSaveSilence(id)
  const form = useForm<SilenceValues>({
    initialValues: initial,
    validate: (values) => errorsOf(silenceIn, silenceCandidateOf(values)),
  })
  const { finish, refuse, focusFirst } = useFormResult(form, SILENCES)
  const send = form.onSubmit(
    (values) =>
      save.mutate(silenceIn.parse(silenceCandidateOf(values)), {
        onSuccess: ({ comment }) => finish(t('silences.saved'), comment),
        onError: refuse,
      }),
    focusFirst,
  )
  return (
    <form onSubmit={send} className={`${formClasses.form} ${classes.form}`} noValidate aria-label={t('silences.one')}>
      <MatcherFields values={form.values} inputProps={(field) => form.getInputProps(field)} />
      <Card title={t('silences.section.when')}>
        <div className={formClasses.fields}>
          <div className={formClasses.pair}>
            <TextInput
              size="sm"
              type="datetime-local"
              label={t('silences.field.from')}
              {...form.getInputProps('from')}
            />
            <TextInput size="sm" type="datetime-local" label={t('silences.field.to')} {...form.getInputProps('to')} />
          </div>
          <Group gap="xs" component="fieldset" className={classes.presets} aria-label={t('silences.presets')}>
            {PRESETS.map((preset) => (
              <Button
                key={preset}
                size="xs"
                variant="default"
                onClick={() => form.setFieldValue('to', toLocalInput(presetEnd(preset, Date.now())))}
              >
                {t(`silences.preset.${preset}`)}
              </Button>
            ))}
          </Group>
          <TextInput
            size="sm"
            withAsterisk
            label={t('action.comment')}
            description={t('silences.commentHint')}
            {...form.getInputProps('comment')}
          />
        </div>
      </Card>
      <FormActions cancelTo={SILENCES} unsaved={form.isDirty()} error={save.error} pending={save.isPending} />
    </form>
  )
}
