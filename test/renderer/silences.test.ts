import { describe, expect, it } from 'vitest'
import { silenceIn } from '../../shared/schemas/silences.ts'
import { maintenanceWindowIn } from '../../shared/schemas/maintenance-windows.ts'
import { fromLocalInput, toLocalInput } from '../../renderer/features/silences/localTime.ts'
import { presetEnd } from '../../renderer/features/silences/presets.ts'
import * as values from '../../renderer/features/silences/silenceValues.ts'
import { silenceStateOf } from '../../renderer/features/silences/silenceState.ts'
import { HOUR, toIso } from '../../shared/domain/time.ts'

const NOW = new Date(2026, 9, 24, 22, 30, 15).getTime()

describe('a time in a field', () => {
  it('survives a round trip, to the minute', () => {
    expect(toLocalInput(NOW)).toBe('2026-10-24T22:30')
    expect(Date.parse(fromLocalInput(toLocalInput(NOW)))).toBe(NOW - 15_000)
  })

  it('is empty if the field is empty', () => expect(fromLocalInput('')).toBe(''))
})

it('the ends of presets', () => {
  expect(presetEnd('hour', NOW) - NOW).toBe(HOUR)
  expect(presetEnd('fourHours', NOW) - NOW).toBe(4 * HOUR)
  expect(toLocalInput(presetEnd('tomorrow', NOW))).toBe('2026-10-25T09:00')
  // Past midnight, it is the day after.
  expect(toLocalInput(presetEnd('tomorrow', new Date(2026, 11, 31, 0, 1).getTime()))).toBe('2027-01-01T09:00')
})

it('a silence is scheduled, active and expired', () => {
  const silence = { from: toIso(NOW), to: toIso(NOW + 1000) }
  expect([NOW - 1, NOW, NOW + 999, NOW + 1000].map((now) => silenceStateOf(silence, now))).toEqual([
    'scheduled',
    'active',
    'active',
    'expired',
  ])
})

describe('a form', () => {
  it('of a new silence matches what the URL names', () => {
    const search = new URLSearchParams({ source: 'web-1', metric_type: 'CPU{cpu="0"}', rule_id: '7' })
    const candidate = values.silenceCandidateOf({ ...values.newSilenceValues(search, NOW), comment: ' Deploy ' })
    expect(silenceIn.parse(candidate)).toEqual({
      source: 'web-1',
      metric_type: 'CPU{cpu="0"}',
      rule_id: 7,
      severity: null,
      from: toIso(NOW - 15_000),
      to: toIso(NOW - 15_000 + HOUR),
      comment: 'Deploy',
    })
    expect(values.silenceCandidateOf(values.newSilenceValues(new URLSearchParams(), NOW))).toMatchObject({
      source: '*',
      metric_type: '*',
      rule_id: null,
    })
  })

  it('returns the window that it was filled with', () => {
    const window = {
      ...maintenanceWindowIn.parse({ name: 'Backups', days: [1, 7], start: '02:30', minutes: 45, severity: 'INFO' }),
      id: 3,
      rule_id: null,
      severity: 'INFO' as const,
      time_zone: 'UTC',
      created_by: 'ada',
      created_at: toIso(NOW),
    }
    const { id: _, is_active: __, created_by: ___, created_at: ____, ...fields } = window
    expect(values.windowCandidateOf(values.windowValuesOf(window))).toEqual(fields)
    const emptied = values.windowCandidateOf({ ...values.windowValuesOf(window), minutes: '', days: ['7', '1'] })
    expect(emptied).toMatchObject({ minutes: null, days: [1, 7] })
  })
})
