// Rules through the API: made, evaluated by, changed, switched, deleted.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { detectors } from '../../../electron/core/detectors/registry.ts'
import { isOfEvent } from '../../../shared/schemas/change.ts'
import { eventually, temporaryApp, type TemporaryApp } from './temporary-app.ts'

let temporary: TemporaryApp
beforeEach(async () => void (temporary = await temporaryApp()))
afterEach(() => temporary.remove())

const post = (value: number) => temporary.client.postMetric({ body: { source: 'web-1', metric_type: 'CPU', value } })
const events = () => temporary.client.listEvents()

describe('a rule', () => {
  it('has the defaults of the field and fires at once', async () => {
    expect(await temporary.client.createRule({ body: { name: 'n', method: 'threshold', threshold: 5 } })).toMatchObject(
      {
        id: expect.any(Number),
        name: 'n',
        description: null,
        source: '*',
        metric_type: '*',
        method: 'THRESHOLD',
        z_threshold: 3,
        iqr_factor: 1.5,
        threshold: 5,
        operator: 'above',
        min_samples: 10,
        severity: null,
        is_active: true,
        for_seconds: 0,
        cooldown_seconds: 0,
        params: {},
      },
    )
    await post(6)
    await eventually(async () => expect(await events()).toMatchObject([{ rule_name: 'n', severity: 'CRITICAL' }]))
  })

  it('is refused under a name that is taken, when it is made and when it is changed', async () => {
    await temporary.client.createRule({ body: { name: 'n', method: 'ZSCORE' } })
    const other = await temporary.client.createRule({ body: { name: 'o', method: 'ZSCORE' } })
    const taken = { problem: { status: 409 } }
    await expect(temporary.client.createRule({ body: { name: 'n', method: 'IQR' } })).rejects.toMatchObject(taken)
    const rename = temporary.client.updateRule({ params: { rule_id: other.id }, body: { name: 'n' } })
    await expect(rename).rejects.toMatchObject(taken)
    await temporary.client.updateRule({ params: { rule_id: other.id }, body: { name: 'o', z_threshold: 4 } })
  })

  it.each([
    [{ method: 'THRESHOLD' }, 'threshold'],
    [{ method: 'NONE' }, 'method'],
    [{ method: 'ZSCORE', z_threshold: -1 }, 'z_threshold'],
    [{ method: 'ZSCORE', params: { window: 1 } }, 'params.window'],
    [{ method: 'ZSCORE', severity: 'BAD' }, 'severity'],
    [{ method: 'ZSCORE', name: '' }, 'name'],
    [{}, 'method'],
  ])('%j is refused, naming %s', async (wrong, path) => {
    const answer = await temporary.request({ method: 'POST', url: '/api/anomaly/rules', body: { name: 'n', ...wrong } })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } })
    expect(await temporary.client.listRules()).toEqual([])
  })

  it('keeps what a change leaves out, and refuses a change that would break it', async () => {
    const { id } = await temporary.client.createRule({
      body: { name: 'n', method: 'THRESHOLD', threshold: 5, for_seconds: 60, severity: 'INFO' },
    })
    const params = { rule_id: id }
    expect(await temporary.client.updateRule({ params, body: { threshold: 7, severity: null } })).toMatchObject({
      threshold: 7,
      for_seconds: 60,
      severity: null,
      operator: 'above',
    })
    await expect(temporary.client.updateRule({ params, body: { threshold: null } })).rejects.toMatchObject({
      problem: { errors: [{ path: 'threshold' }] },
    })
  })

  it('is switched off and on and deleted, and the engine follows', async () => {
    const { id } = await temporary.client.createRule({ body: { name: 'n', method: 'THRESHOLD', threshold: 5 } })
    const params = { rule_id: id }
    expect(await temporary.client.toggleRule({ params })).toEqual({ rule_id: id, is_active: false })
    await post(6)
    expect(await temporary.client.toggleRule({ params })).toEqual({ rule_id: id, is_active: true })
    await post(7)
    await eventually(async () => expect(await events()).toMatchObject([{ value: 7 }]))
    expect((await temporary.request({ method: 'DELETE', url: `/api/anomaly/rules/${id}` })).status).toBe(204)
    expect(await temporary.client.listRules()).toEqual([])
  })

  it.each([
    ['switched off', { is_active: false }, 'The rule was disabled.'],
    ['pointed elsewhere', { source: 'db-*' }, 'The rule no longer matches this series.'],
  ])('that is %s ends its events, and says why', async (_, body, comment) => {
    const { id } = await temporary.client.createRule({ body: { name: 'n', method: 'THRESHOLD', threshold: 5 } })
    await post(6)
    const [event] = await eventually(async () => (expect(await events()).toHaveLength(1), await events()))
    const changes: unknown[] = []
    temporary.app.changes.subscribe((change) => isOfEvent(change) && changes.push([change.kind, change.event.status]))
    await temporary.client.updateRule({ params: { rule_id: id }, body })
    expect(await temporary.client.getEvent({ params: { event_id: event!.id } })).toMatchObject({
      status: 'RESOLVED',
      resolved_by: 'tocsin',
      timeline: [{ kind: 'raised' }, { kind: 'resolved', who: 'tocsin', comment }],
    })
    expect(changes).toEqual([['event_updated', 'RESOLVED']])
  })

  it('that is deleted ends its events, and one that is only renamed does not', async () => {
    const { id } = await temporary.client.createRule({ body: { name: 'n', method: 'THRESHOLD', threshold: 5 } })
    const params = { rule_id: id }
    await post(6)
    await eventually(async () => expect(await events()).toHaveLength(1))
    await temporary.client.updateRule({ params, body: { name: 'm' } })
    expect(await events()).toMatchObject([{ status: 'OPEN' }])
    await temporary.client.deleteRule({ params })
    expect(await events()).toMatchObject([{ status: 'RESOLVED', rule_id: null }])
  })

  it.each([
    ['PATCH', '/api/anomaly/rules/9', {}],
    ['PATCH', '/api/anomaly/rules/9/toggle', undefined],
    ['DELETE', '/api/anomaly/rules/9', undefined],
  ] as const)('that is unknown: %s %s is 404', async (method, url, body) => {
    expect(await temporary.request({ method, url, body })).toMatchObject({ status: 404 })
  })

  it('names its method from the list of methods, each with the settings that only it knows', async () => {
    const methods = await temporary.client.listMethods()
    expect(methods.map(({ method }) => method)).toEqual(detectors.map(({ method }) => method))
    expect(methods.find(({ method }) => method === 'MAD')).toMatchObject({
      uses: ['z_threshold', 'min_samples'],
      params: { properties: { window: {} } },
    })
  })
})

describe('the first start', () => {
  it('has rules ready, once: a deleted one stays deleted', async () => {
    const fresh = await temporaryApp({ keepFirstRules: true })
    const rules = await fresh.client.listRules()
    expect(rules.filter(({ method }) => method === 'THRESHOLD').map(({ metric_type }) => metric_type)).toEqual(
      expect.arrayContaining(['CPU', 'MEMORY', 'DISK']),
    )
    expect(rules).toContainEqual(expect.objectContaining({ method: 'ADAPTIVE', source: '*', metric_type: '*' }))
    await fresh.client.deleteRule({ params: { rule_id: rules[0]!.id } })
    await fresh.restart()
    expect(await fresh.client.listRules()).toHaveLength(rules.length - 1)
    await fresh.remove()
  })
})
