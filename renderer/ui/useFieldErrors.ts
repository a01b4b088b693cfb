// The errors of a form by field: validated by the contract's schema, in the reader's language.
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { CallError } from '../../shared/client/client.ts'

/** By path, such as `params.window`. */
export type FieldErrors = Record<string, string>

/** Returns the errors of values by a schema; empty if they are valid. */
export function useFieldErrors(): (schema: z.ZodType, values: unknown) => FieldErrors {
  const { t } = useTranslation()
  return (schema, values) => {
    const issues = schema.safeParse(values).error?.issues ?? []
    const errors: FieldErrors = {}
    // Only the first error of each field.
    for (const issue of issues) errors[issue.path.join('.')] ??= issueText(issue, t)
    return errors
  }
}

function issueText(issue: z.core.$ZodIssue, t: TFunction): string {
  if (issue.code === 'too_small') {
    if (issue.origin === 'string') return t('field.required')
    return t(issue.inclusive === false ? 'field.above' : 'field.atLeast', { limit: Number(issue.minimum) })
  }
  if (issue.code === 'too_big')
    return t(issue.origin === 'string' ? 'field.tooLong' : 'field.atMost', { limit: Number(issue.maximum) })
  if (issue.code === 'invalid_type' && issue.expected === 'int') return t('field.integer')
  if (issue.code === 'invalid_type' && issue.expected === 'number') return t('field.number')
  return capitalize(issue.message)
}

const capitalize = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** The errors of a refused request by field; empty if no field is named. */
export function serverFieldErrors(error: Error): FieldErrors {
  const errors = error instanceof CallError ? (error.problem.errors ?? []) : []
  return Object.fromEntries(errors.map(({ path, message }) => [path, capitalize(message)]))
}
