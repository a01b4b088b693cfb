import { problemsOfSettings, type DetectorSettings } from '../detectors/registry.ts'
import { AppError } from '../platform/errors.ts'

/** Throws AppError INVALID if the method or its settings can't be used. */
export function assertValidRule(settings: DetectorSettings): void {
  const errors = problemsOfSettings(settings)
  const first = errors[0]
  if (first) throw new AppError('INVALID', `${first.path}: ${first.message}.`, { errors })
}
