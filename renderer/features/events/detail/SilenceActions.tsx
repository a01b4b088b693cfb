// Snoozes this event, or creates a silence for events like it.
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconBellZ, IconZzz } from '@tabler/icons-react'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { NEW_SILENCE } from '../../../paths/paths.ts'
import { isLive } from '../../../../shared/domain/event-status.ts'
import type { Event } from '../../../../shared/schemas/event.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { ErrorMessage } from '../../../ui/ErrorMessage.tsx'
import { toast } from '../../../ui/toast.ts'
import { useFormat } from '../../../ui/useFormat.ts'
import { useShortcuts } from '../../../ui/useShortcuts.ts'
import { presetEnd, PRESETS } from '../../silences/presets.ts'
import { useSnooze, useUnsnooze } from '../../../api/queries/useSilences.ts'

export function SilenceActions({ event }: { event: Event }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [opened, { open, close }] = useDisclosure(false)
  const unsnooze = useUnsnooze()
  const live = isLive(event)
  const endSnooze = () =>
    unsnooze.mutate(event.id, {
      onError: (error) => toast(t('action.failed'), error.message, t('action.close')),
    })
  const silence = () => void navigate(`${NEW_SILENCE}?${silenceParams(event).toString()}`)
  useShortcuts({ z: () => live && open(), s: silence })
  return (
    <>
      {event.silenced_by === 'snooze' && live ? (
        <Button size="xs" variant="default" loading={unsnooze.isPending} onClick={endSnooze}>
          {t('snooze.end')}
        </Button>
      ) : (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconZzz size={15} aria-hidden />}
          disabled={!live}
          onClick={open}
        >
          {t('snooze.start')}
        </Button>
      )}
      <Button size="xs" variant="default" leftSection={<IconBellZ size={15} aria-hidden />} onClick={silence}>
        {t('snooze.silence')}
      </Button>
      <Dialog opened={opened} close={close} title={t('snooze.name')} closeLabel={t('action.cancel')}>
        <Snooze event={event} close={close} />
      </Dialog>
    </>
  )
}

function Snooze({ event, close }: { event: Event; close: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const snooze = useSnooze()
  const until = (time: number) =>
    snooze.mutate(
      { id: event.id, until: time },
      {
        onSuccess() {
          toast(t('snooze.done', { until: format.moment(time) }), event.title, t('action.close'))
          close()
        },
      },
    )
  return (
    <Stack gap="sm">
      <Text fw={600}>{event.title}</Text>
      <Text size="sm" c="dimmed">
        {t('snooze.means')}
      </Text>
      <ErrorMessage error={snooze.error} />
      <Group>
        {PRESETS.map((preset, index) => (
          <Button
            key={preset}
            variant={index === 0 ? 'filled' : 'default'}
            disabled={snooze.isPending}
            data-autofocus={index === 0 || undefined}
            onClick={() => until(presetEnd(preset, Date.now()))}
          >
            {t(`silences.preset.${preset}`)}
          </Button>
        ))}
      </Group>
    </Stack>
  )
}

/** A new silence matches this series and this rule. */
const silenceParams = ({ source, metric_type, rule_id }: Event) =>
  new URLSearchParams({ source, metric_type, ...(rule_id !== null && { rule_id: String(rule_id) }) })
