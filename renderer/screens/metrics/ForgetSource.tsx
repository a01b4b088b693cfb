// Forgets a source, such as one that made up names until others had no room. Asks before, and says what goes.
import { Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../client/client.ts'
import { Dialog } from '../../components/Dialog.tsx'
import { Problem } from '../../components/Problem.tsx'
import { tell } from '../../components/tell.ts'

interface Props {
  source: string
  /** Is called once it is sure to go. */
  forgotten: () => void
}

export function ForgetSource({ source, forgotten }: Props) {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  const queries = useQueryClient()
  const params = { source }
  const size = useQuery({
    queryKey: ['source', source],
    queryFn: () => client.getSource({ params }),
    enabled: opened,
    gcTime: 0,
  })
  const forget = useMutation({
    mutationFn: () => client.forgetSource({ params }),
    onSuccess: () => {
      close()
      tell(t('metrics.forgotten'), source, t('keys.close'))
      void queries.invalidateQueries({ queryKey: ['series'] })
      forgotten()
    },
  })
  return (
    <>
      <Button variant="default" size="compact-xs" onClick={open}>
        {t('metrics.forget')}
      </Button>
      <Dialog opened={opened} close={close} title={t('metrics.forget')} closeLabel={t('action.cancel')}>
        <Stack gap="sm">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {source}
          </Text>
          {size.data && (
            <Text size="sm" data-testid="what-goes">
              {t('metrics.several', { count: size.data.series })}, {t('metrics.samples', { count: size.data.samples })}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {t('metrics.forgetMeans')}
          </Text>
          <Problem error={forget.error ?? size.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('action.cancel')}
            </Button>
            <Button loading={forget.isPending} disabled={!size.data} onClick={() => forget.mutate()}>
              {t('metrics.forgetNow')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  )
}
