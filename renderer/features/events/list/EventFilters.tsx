// The filters of the event list.
import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SEVERITIES } from '../../../../shared/schemas/event.ts'
import { useSeverityOptions } from '../../event-parts/useSeverityOptions.ts'
import { SearchInput } from '../../../ui/SearchInput.tsx'
import classes from './events.module.css'
import { RuleSelect } from './RuleSelect.tsx'
import { HOURS, isFiltered, NO_FILTERS, VIEWS, type EventFilter, type View } from './eventFilter.ts'

interface Props {
  filter: EventFilter
  change: (part: Partial<EventFilter>) => void
}

export function EventFilters({ filter, change }: Props) {
  const { t } = useTranslation()
  const views = VIEWS.map((value) => ({
    value,
    label: value === 'attention' || value === 'all' ? t(`events.filter.${value}`) : t(`status.${value}`),
  }))
  const severities = useSeverityOptions(t('severity.any'))
  const hours = HOURS.map((value) => ({ value: String(value), label: t(`events.within.${value}`) }))
  return (
    <search aria-label={t('events.filter.label')} className={classes.filters}>
      <SegmentedControl<View>
        aria-label={t('events.filter.view')}
        data={views}
        value={filter.show}
        onChange={(show) => change({ show })}
      />
      <NativeSelect
        aria-label={t('events.filter.severity')}
        data={severities}
        value={filter.severity ?? ''}
        onChange={({ currentTarget: { value } }) => change({ severity: SEVERITIES.find((each) => each === value) })}
      />
      <NativeSelect
        aria-label={t('events.filter.hours')}
        data={hours}
        value={String(filter.hours)}
        onChange={({ currentTarget }) => change({ hours: Number(currentTarget.value) })}
      />
      <SearchInput
        label={t('events.filter.source')}
        hint={t('events.filter.sourceHint')}
        value={filter.source}
        change={(source) => change({ source })}
      />
      <SearchInput
        label={t('events.filter.metricType')}
        hint={t('events.filter.metricTypeHint')}
        value={filter.metricType}
        change={(metricType) => change({ metricType })}
      />
      <RuleSelect ruleId={filter.ruleId} change={(ruleId) => change({ ruleId })} />
      {isFiltered(filter) && (
        <Button variant="subtle" size="compact-xs" onClick={() => change(NO_FILTERS)}>
          {t('events.filter.clear')}
        </Button>
      )}
    </search>
  )
}
