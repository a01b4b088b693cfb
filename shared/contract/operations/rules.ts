// Rules: manage, preview, backtest and tune them.
import { z } from 'zod'
import { backtest, backtestIn, backtestParams, backtestStarted } from '../../schemas/backtest.ts'
import { budget, budgetQuery } from '../../schemas/budget.ts'
import { idInPath } from '../../schemas/input.ts'
import { preview, previewIn } from '../../schemas/preview.ts'
import { proposal } from '../../schemas/proposal.ts'
import { changeParams, ruleChange } from '../../schemas/rule-change.ts'
import { methodOut, rule, ruleIn, rulePatch, ruleToggled } from '../../schemas/rule.ts'
import { BASE, BODY_ERRORS, operation } from '../operation.ts'

const eventParams = z.object({ event_id: idInPath })
const ruleParams = z.object({ rule_id: idInPath })

export const rules = {
  listRules: operation({
    method: 'GET',
    path: `${BASE}/rules`,
    summary: 'List rules, oldest first',
    status: 200,
    answer: z.array(rule),
  }),
  createRule: operation({
    method: 'POST',
    path: `${BASE}/rules`,
    summary: 'Create a rule; its name must be unique',
    body: ruleIn,
    status: 201,
    answer: rule,
    errors: [...BODY_ERRORS, 409],
  }),
  previewRule: operation({
    method: 'POST',
    path: `${BASE}/rules/preview`,
    summary: 'Preview the events that a rule would have raised over the last hours; nothing is stored',
    body: previewIn,
    status: 200,
    answer: preview,
    errors: BODY_ERRORS,
  }),
  getProposal: operation({
    method: 'GET',
    path: `${BASE}/events/:event_id/proposal`,
    summary: 'Get the smallest change of the rule that would have avoided an event, and its effect on other firings',
    params: eventParams,
    status: 200,
    answer: proposal,
    errors: [404],
  }),
  applyProposal: operation({
    method: 'POST',
    path: `${BASE}/events/:event_id/proposal/apply`,
    summary: 'Apply the proposed change to the rule',
    params: eventParams,
    status: 200,
    answer: ruleChange,
    errors: [404, 409],
  }),
  startBacktest: operation({
    method: 'POST',
    path: `${BASE}/backtests`,
    summary: 'Start a backtest of a saved or unsaved rule over the stored history; `GET` returns progress and result',
    body: backtestIn,
    status: 202,
    answer: backtestStarted,
    errors: [...BODY_ERRORS, 404, 503],
  }),
  getBacktest: operation({
    method: 'GET',
    path: `${BASE}/backtests/:backtest_id`,
    summary: 'Get the progress and result of a backtest; a result is kept for ten minutes',
    params: backtestParams,
    status: 200,
    answer: backtest,
    errors: [404],
  }),
  cancelBacktest: operation({
    method: 'DELETE',
    path: `${BASE}/backtests/:backtest_id`,
    summary: 'Cancel a backtest',
    params: backtestParams,
    status: 204,
    errors: [404],
  }),
  updateRule: operation({
    method: 'PATCH',
    path: `${BASE}/rules/:rule_id`,
    summary: 'Change the given fields of a rule',
    params: ruleParams,
    body: rulePatch,
    status: 200,
    answer: rule,
    errors: [...BODY_ERRORS, 404, 409],
  }),
  toggleRule: operation({
    method: 'PATCH',
    path: `${BASE}/rules/:rule_id/toggle`,
    summary: 'Enable a disabled rule, or disable an enabled one',
    params: ruleParams,
    status: 200,
    answer: ruleToggled,
    errors: [404],
  }),
  deleteRule: operation({
    method: 'DELETE',
    path: `${BASE}/rules/:rule_id`,
    summary: 'Delete a rule; its events are kept',
    params: ruleParams,
    status: 204,
    errors: [404],
  }),
  getBudget: operation({
    method: 'GET',
    path: `${BASE}/rules/budget`,
    summary: 'Get the interruption budget: firings and feedback by rule',
    query: budgetQuery,
    status: 200,
    answer: budget,
  }),
  listRuleChanges: operation({
    method: 'GET',
    path: `${BASE}/rules/:rule_id/changes`,
    summary: 'List the changes of a rule, newest first',
    params: ruleParams,
    status: 200,
    answer: z.array(ruleChange),
    errors: [404],
  }),
  undoRuleChange: operation({
    method: 'POST',
    path: `${BASE}/rules/:rule_id/changes/:change_id/undo`,
    summary: 'Undo a change of a rule, if the same fields were not changed since',
    params: changeParams,
    status: 200,
    answer: rule,
    errors: [404, 409],
  }),
  listMethods: operation({
    method: 'GET',
    path: `${BASE}/methods`,
    summary: 'List the detection methods with their parameters',
    status: 200,
    answer: z.array(methodOut),
  }),
} as const
