// Asks before a rule is deleted.
import { useTranslation } from 'react-i18next'
import type { Rule } from '../../../shared/schemas/rule.ts'
import { useDeleteRule } from '../../api/queries/useRules.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

interface Props {
  rule: Rule
  opened: boolean
  close: () => void
  deleted: () => void
}

export function DeleteDialog({ rule, opened, close, deleted }: Props) {
  const { t } = useTranslation()
  const remove = useDeleteRule()
  return (
    <ConfirmDialog
      opened={opened}
      close={close}
      title={t('rules.delete')}
      subject={rule.name}
      text={t('rules.deleteMeans')}
      confirmLabel={t('rules.delete')}
      confirm={() => remove.mutate(rule, { onSuccess: deleted })}
      pending={remove.isPending}
      error={remove.error}
    />
  )
}
