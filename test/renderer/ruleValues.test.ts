import { describe, expect, it } from 'vitest'
import { paramFieldsOf } from '../../renderer/features/rules/methodParams.ts'
import { toCandidate, visibleParams, usesThreshold, toFormValues } from '../../renderer/features/rules/ruleValues.ts'
import { ruleIn, type MethodOut } from '../../shared/schemas/rule.ts'

const NUMBER = { type: 'number' }

const THRESHOLD: MethodOut = {
  method: 'THRESHOLD',
  summary: '',
  uses: ['threshold', 'operator'],
  params: { type: 'object', properties: { lower: NUMBER, upper: NUMBER, recovery: NUMBER } },
}

/** One that this interface doesn't know. */
const NEWCOMER: MethodOut = {
  method: 'NEWCOMER',
  summary: '',
  uses: ['min_samples'],
  params: {
    type: 'object',
    properties: {
      season: {
        type: 'integer',
        minimum: 2,
        maximum: 9007199254740991,
        default: 24,
        description: 'Samples of a `day`',
      },
      kind: { type: 'string', enum: ['slow', 'fast'], default: 'slow' },
      robust: { type: 'boolean' },
    },
  },
}

describe("a method's own fields", () => {
  it('come from its schema, whatever it is', () => {
    expect(paramFieldsOf(NEWCOMER)).toMatchObject([
      {
        name: 'season',
        kind: 'number',
        isInteger: true,
        min: 2,
        max: undefined,
        defaultValue: 24,
        description: 'Samples of a day',
      },
      { name: 'kind', kind: 'choice', choices: ['slow', 'fast'], defaultValue: 'slow' },
      { name: 'robust', kind: 'flag', defaultValue: undefined },
    ])
    expect(paramFieldsOf({ params: {} })).toEqual([])
  })

  it('are two bounds instead of one threshold for a range', () => {
    expect(usesThreshold(THRESHOLD, 'above')).toBe(true)
    expect(visibleParams(THRESHOLD, 'above').map(({ name }) => name)).toEqual(['recovery'])
    expect(usesThreshold(THRESHOLD, 'outside')).toBe(false)
    expect(visibleParams(THRESHOLD, 'outside').map(({ name }) => name)).toEqual(['lower', 'upper'])
  })
})

describe('the values of a form', () => {
  const values = { ...toFormValues(undefined, 'NEWCOMER'), name: ' Mine ', z_threshold: '', iqr_factor: 'x' }

  it("are validated without the fields that the method doesn't use", () => {
    const candidate = toCandidate({ ...values, params: { season: 12, kind: '', lower: 3 } }, NEWCOMER)
    expect(ruleIn.parse(candidate)).toMatchObject({ name: 'Mine', min_samples: 10, params: { season: 12 } })
    expect(candidate).toMatchObject({ description: null, severity: null, params: { season: 12 } })
    expect(candidate.params).not.toHaveProperty('lower')
  })

  it('are refused if a number is missing that the method uses', () => {
    const candidate = toCandidate({ ...values, min_samples: '' }, NEWCOMER)
    expect(ruleIn.safeParse(candidate).error?.issues.map(({ path }) => path)).toEqual([['min_samples']])
  })

  it('leave the samples of the recovery to the method if they are empty', () => {
    const candidate = toCandidate({ ...values, resolve_seconds: 60, recovery_score: 0.3 }, NEWCOMER)
    expect(ruleIn.parse(candidate)).toMatchObject({ resolve_seconds: 60, resolve_samples: null, recovery_score: 0.3 })
    expect(toCandidate({ ...values, resolve_samples: 5 }, NEWCOMER)).toMatchObject({ resolve_samples: 5 })
    expect(ruleIn.safeParse(toCandidate({ ...values, resolve_seconds: '' }, NEWCOMER)).success).toBe(false)
  })

  it('distinguish no threshold from a threshold of zero', () => {
    expect(toCandidate({ ...values, threshold: 0 }, THRESHOLD)).toMatchObject({ threshold: 0 })
    expect(toCandidate({ ...values, threshold: '' }, THRESHOLD)).toMatchObject({ threshold: null })
  })
})
