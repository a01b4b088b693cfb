// A rule as text.
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../shared/domain/format.ts'
import { unitOf } from '../../../shared/domain/units.ts'
import type { MethodOut, Rule } from '../../../shared/schemas/rule.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { describeParam } from './methodParams.ts'
import { visibleParams, usesThreshold } from './ruleValues.ts'

export function useRuleSummary() {
  const { t } = useTranslation()
  const format = useFormat()

  /** When it fires: the fields that its method uses, and params that differ from their defaults. */
  function condition(rule: Rule, method: MethodOut): string {
    const { uses } = method
    const { operator, params, metric_type } = rule
    const limit = (value: unknown) =>
      typeof value === 'number' ? format.value(value, unitOf(metric_type) || null) : '–'
    const outside = uses.includes('operator') && operator === 'outside'
    const shownParamNames = outside ? ['lower', 'upper'] : []
    const others = visibleParams(method, operator).filter(
      ({ name, defaultValue }) =>
        !shownParamNames.includes(name) && params[name] !== undefined && params[name] !== defaultValue,
    )
    return [
      usesThreshold(method, operator) &&
        t(operator === 'below' ? 'rules.summary.below' : 'rules.summary.above', { limit: limit(rule.threshold) }),
      outside && t('rules.summary.outside', { lower: limit(params['lower']), upper: limit(params['upper']) }),
      uses.includes('z_threshold') && t('rules.summary.zThreshold', { value: format.number(rule.z_threshold) }),
      uses.includes('iqr_factor') && t('rules.summary.iqrFactor', { value: format.number(rule.iqr_factor) }),
      uses.includes('min_samples') && t('rules.summary.minSamples', { count: rule.min_samples }),
      ...others.map(({ name }) => describeParam(name, params[name])),
    ]
      .filter(Boolean)
      .join(', ')
  }

  /** How long it waits, when it resolves and how long its cooldown is. */
  function timing({ for_seconds, resolve_seconds, cooldown_seconds }: Rule): string {
    const parts = [
      for_seconds > 0
        ? t('rules.summary.for', { duration: formatDuration(for_seconds * 1000) })
        : t('rules.summary.immediately'),
      resolve_seconds > 0 && t('rules.summary.resolve', { duration: formatDuration(resolve_seconds * 1000) }),
      cooldown_seconds > 0 && t('rules.summary.cooldown', { duration: formatDuration(cooldown_seconds * 1000) }),
    ]
    return parts.filter(Boolean).join(', ')
  }

  return { condition, timing }
}
