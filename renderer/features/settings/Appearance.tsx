import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { THEMES, type Settings } from '../../../shared/schemas/settings.ts'
import { Card } from '../../ui/Page.tsx'
import { useTheme } from '../../ui/theme/useTheme.ts'

export function Appearance() {
  const { t } = useTranslation()
  const { theme, choose } = useTheme()
  return (
    <Card title={t('settings.appearance')}>
      <SegmentedControl<Settings['theme']>
        size="sm"
        aria-label={t('settings.theme')}
        data={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        value={theme}
        onChange={choose}
      />
    </Card>
  )
}
