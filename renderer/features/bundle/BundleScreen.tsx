// Opens a bundle from a colleague, read-only: nothing is added to one's own data.
import { FileButton, Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { InvalidBundle, unpackBundle } from './bundleFile.ts'
import { client } from '../../api/client.ts'
import { PageMessage } from '../../ui/PageMessage.tsx'
import { Page } from '../../ui/Page.tsx'
import type { Bundle } from '../../../shared/schemas/bundle.ts'
import { BundleView } from './BundleView.tsx'

export function Component() {
  const { t } = useTranslation()
  const open = useMutation({
    // The program validates the contents by its schema.
    mutationFn: async (file: File) => client.checkBundle({ body: (await unpackBundle(file)) as Bundle }),
  })
  const button = (
    <FileButton accept=".json,.gz,application/json,application/gzip" onChange={(file) => file && open.mutate(file)}>
      {(props) => (
        <Button {...props} loading={open.isPending}>
          {t('bundle.open')}
        </Button>
      )}
    </FileButton>
  )
  const { error } = open
  const why = error instanceof InvalidBundle ? t(`bundle.${error.reason}`) : error?.message
  return (
    <Page title={t('bundle.name')} aside={open.data && button}>
      {open.data ? (
        <BundleView bundle={open.data} />
      ) : (
        <PageMessage
          urgent={error !== null}
          title={t(error ? 'bundle.refused' : 'bundle.none')}
          text={why ?? t('bundle.means')}
        >
          {button}
        </PageMessage>
      )}
    </Page>
  )
}
