// A rule in words.
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../shared/format.ts'
import { unitOf } from '../../../shared/units.ts'
import type { MethodOut, Rule } from '../../../shared/schemas/rule.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { paramWords } from './methodParams.ts'
import { shownParams, showsThreshold } from './ruleValues.ts'

export function useRuleWords() {
  const { t } = useTranslation()
  const format = useFormat()

  /** When it rings: the figures that its method uses, and what else isn't as usual. */
  function figures(rule: Rule, method: MethodOut): string {
    const { uses } = method
    const { operator, params, metric_type } = rule
    const limit = (value: unknown) =>
      typeof value === 'number' ? format.value(value, unitOf(metric_type) || null) : '–'
    const outside = uses.includes('operator') && operator === 'outside'
    const told = outside ? ['lower', 'upper'] : []
    const others = shownParams(method, operator).filter(
      ({ name, usual }) => !told.includes(name) && params[name] !== undefined && params[name] !== usual,
    )
    return [
      showsThreshold(method, operator) &&
        t(operator === 'below' ? 'rules.words.below' : 'rules.words.above', { limit: limit(rule.threshold) }),
      outside && t('rules.words.outside', { lower: limit(params['lower']), upper: limit(params['upper']) }),
      uses.includes('z_threshold') && t('rules.words.zThreshold', { value: format.number(rule.z_threshold) }),
      uses.includes('iqr_factor') && t('rules.words.iqrFactor', { value: format.number(rule.iqr_factor) }),
      uses.includes('min_samples') && t('rules.words.minSamples', { count: rule.min_samples }),
      ...others.map(({ name }) => paramWords(name, params[name])),
    ]
      .filter(Boolean)
      .join(', ')
  }

  /** How long it waits, when it is over and how long it stays quiet then. */
  function timing({ for_seconds, resolve_seconds, cooldown_seconds }: Rule): string {
    const parts = [
      for_seconds > 0
        ? t('rules.words.for', { duration: formatDuration(for_seconds * 1000) })
        : t('rules.words.atOnce'),
      resolve_seconds > 0 && t('rules.words.resolve', { duration: formatDuration(resolve_seconds * 1000) }),
      cooldown_seconds > 0 && t('rules.words.cooldown', { duration: formatDuration(cooldown_seconds * 1000) }),
    ]
    return parts.filter(Boolean).join(', ')
  }

  return { figures, timing }
}
