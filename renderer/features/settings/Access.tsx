// The API token. It is fetched only on request.
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { queryKeys } from '../../api/queries/queryKeys.ts'
import type { SettingsOut } from '../../../shared/schemas/settings.ts'
import { Card } from '../../ui/Page.tsx'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { Copyable } from './Copyable.tsx'
import { RotateToken } from './RotateToken.tsx'
import classes from './settings.module.css'

const HIDDEN = '••••••••••••••••'

const readToken = async () => (await client.getToken()).token

export function Access({ about }: Pick<SettingsOut, 'about'>) {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  const token = useQuery({ queryKey: queryKeys.token, queryFn: readToken, enabled: shown, gcTime: 0 })
  return (
    <Card title={t('settings.access')}>
      <p className={classes.note}>{t('settings.accessMeans')}</p>
      <dl className={classes.list}>
        <Copyable name={t('settings.token')} text={(shown && token.data) || HIDDEN} read={readToken}>
          <Button variant="default" size="xs" loading={shown && token.isLoading} onClick={toggle}>
            {t(shown ? 'settings.hide' : 'settings.show')}
          </Button>
          <RotateToken />
        </Copyable>
        <Copyable name={t('settings.tokenFile')} text={about.token_file} />
      </dl>
      <ErrorMessage error={shown ? token.error : null} />
    </Card>
  )
}
