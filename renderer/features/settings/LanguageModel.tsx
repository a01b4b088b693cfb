// The language model that can explain events. The switch applies at once, the rest is saved by a button.
import { Autocomplete, Button, Group, NumberInput, PasswordInput, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { settingsPatch, type SettingsOut } from '../../../shared/schemas/settings.ts'
import { client } from '../../api/client.ts'
import { Card } from '../../ui/Page.tsx'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { useFieldErrors } from '../../ui/useFieldErrors.ts'
import classes from './settings.module.css'
import { useSaveSettings } from './useSaveSettings.ts'

type Llm = SettingsOut['llm']

interface Values {
  url: string
  model: string
  timeout_seconds: number | string
  api_key: string
}

export function LanguageModel({ llm }: { llm: Llm }) {
  const { t } = useTranslation()
  const { save } = useSaveSettings()
  return (
    <Card title={t('settings.llm.title')} testId="llm">
      <p className={classes.note}>{t('settings.llm.means')}</p>
      <div className={classes.switches}>
        <Switch
          label={t('settings.llm.enabled')}
          checked={llm.enabled}
          onChange={({ currentTarget: { checked } }) =>
            save({ llm: { enabled: checked } }, t(checked ? 'settings.llm.isOn' : 'settings.llm.isOff'))
          }
        />
      </div>
      {llm.enabled && <ModelForm llm={llm} />}
    </Card>
  )
}

function ModelForm({ llm }: { llm: Llm }) {
  const { t } = useTranslation()
  const { save, isPending } = useSaveSettings()
  const test = useMutation({ mutationFn: async () => (await client.listModels()).models })
  const form = useModelForm(llm)
  const patch = patchOf(form.values, llm)
  const isChanged = Object.keys(patch).length > 0
  const send = form.onSubmit(() => {
    save({ llm: settingsPatch.shape.llm.parse(patch) }, t('settings.llm.saved'))
    form.setFieldValue('api_key', '')
    test.reset()
  })
  const removeKey = () => save({ llm: { api_key: null } }, t('settings.llm.keyRemoved'))
  return (
    <form onSubmit={send} className={classes.saved} noValidate aria-label={t('settings.llm.title')}>
      <TextInput
        size="sm"
        label={t('settings.llm.url')}
        description={t('settings.llm.urlHint')}
        {...form.getInputProps('url')}
      />
      <Autocomplete
        size="sm"
        label={t('settings.llm.model')}
        description={t('settings.llm.modelHint')}
        data={test.data ?? []}
        {...form.getInputProps('model')}
      />
      <PasswordInput
        size="sm"
        label={t('settings.llm.key')}
        description={t(llm.has_key ? 'settings.llm.keyThere' : 'settings.llm.keyNone')}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('settings.llm.keyShow') }}
        {...form.getInputProps('api_key')}
      />
      <NumberInput
        size="sm"
        clampBehavior="none"
        allowDecimal={false}
        label={t('settings.llm.timeout')}
        description={t('settings.llm.timeoutHint')}
        {...form.getInputProps('timeout_seconds')}
      />
      <Group gap="xs" className={classes.wide}>
        <Button type="submit" variant="default" disabled={!isChanged} loading={isPending}>
          {t('action.save')}
        </Button>
        <Button variant="default" disabled={isChanged} loading={test.isPending} onClick={() => test.mutate()}>
          {t('settings.llm.test')}
        </Button>
        {llm.has_key && (
          <Button variant="default" onClick={removeKey}>
            {t('settings.llm.removeKey')}
          </Button>
        )}
      </Group>
      <div className={classes.wide}>
        <ErrorMessage error={test.error} />
        {test.data && <output data-testid="llm-test">{found(test.data)}</output>}
      </div>
    </form>
  )

  function found(models: string[]): string {
    const reached = t('settings.llm.reached', { count: models.length, models: models.join(', ') })
    const isMissing = llm.model !== '' && !models.includes(llm.model)
    return isMissing ? `${reached} ${t('settings.llm.missing', { model: llm.model })}` : reached
  }
}

function useModelForm(llm: Llm) {
  const errorsOf = useFieldErrors()
  return useForm<Values>({
    initialValues: { url: llm.url, model: llm.model, timeout_seconds: llm.timeout_seconds, api_key: '' },
    validate: (values) => errorsOf(settingsPatch.shape.llm, patchOf(values, llm)),
  })
}

/** The changed fields. An empty key leaves the stored one unchanged. */
function patchOf({ url, model, timeout_seconds, api_key }: Values, llm: Llm) {
  return {
    ...(url.trim() !== llm.url && { url: url.trim() }),
    ...(model.trim() !== llm.model && { model: model.trim() }),
    ...(timeout_seconds !== llm.timeout_seconds && { timeout_seconds }),
    ...(api_key !== '' && { api_key }),
  }
}
