// Backups, made while Tocsin runs.
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { BUNDLE } from '../../paths/paths.ts'
import { client } from '../../api/client.ts'
import { queryKeys } from '../../api/queries/queryKeys.ts'
import { Card } from '../../ui/Page.tsx'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { Copyable } from './Copyable.tsx'
import classes from './settings.module.css'

export function Backups() {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const { data, error } = useQuery({ queryKey: queryKeys.backups, queryFn: () => client.listBackups() })
  const make = useMutation({
    mutationFn: () => client.createBackup(),
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.backups }),
  })
  const newest = data?.backups[0]
  return (
    <Card title={t('backups.name')} testId="backups">
      <p className={classes.note}>{t('backups.means')}</p>
      <dl className={classes.list}>
        <div>
          <dt>{t('backups.newest')}</dt>
          <dd data-testid="newest-backup">
            {newest ? (
              <>
                <RelativeTime time={newest.created_at} /> · {format.value(newest.bytes, 'B')}
              </>
            ) : (
              t('backups.none')
            )}
          </dd>
        </div>
        {newest && <Copyable name={t('backups.file')} text={newest.path} />}
      </dl>
      <p>
        <Button variant="default" loading={make.isPending || data?.in_progress === true} onClick={() => make.mutate()}>
          {t('backups.make')}
        </Button>
      </p>
      <ErrorMessage error={make.error ?? error} />
      <p className={classes.note}>
        {t('bundle.fromOthers')} <Link to={BUNDLE}>{t('bundle.open')}</Link>
      </p>
    </Card>
  )
}
