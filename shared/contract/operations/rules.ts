// Rules, and what they would do.
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
    summary: 'All rules, in the order of their making',
    status: 200,
    answer: z.array(rule),
  }),
  createRule: operation({
    method: 'POST',
    path: `${BASE}/rules`,
    summary: 'Make a rule; its name must be free',
    body: ruleIn,
    status: 201,
    answer: rule,
    errors: [...BODY_ERRORS, 409],
  }),
  previewRule: operation({
    method: 'POST',
    path: `${BASE}/rules/preview`,
    summary: 'What a rule would have done over the stored history; nothing is stored',
    body: previewIn,
    status: 200,
    answer: preview,
    errors: BODY_ERRORS,
  }),
  getProposal: operation({
    method: 'GET',
    path: `${BASE}/events/:event_id/proposal`,
    summary: 'The smallest change of its rule that would have kept an event quiet, and what it costs',
    params: eventParams,
    status: 200,
    answer: proposal,
    errors: [404],
  }),
  applyProposal: operation({
    method: 'POST',
    path: `${BASE}/events/:event_id/proposal/apply`,
    summary: 'Change the rule as proposed',
    params: eventParams,
    status: 200,
    answer: ruleChange,
    errors: [404, 409],
  }),
  startBacktest: operation({
    method: 'POST',
    path: `${BASE}/backtests`,
    summary: 'Judge the stored history by a rule, saved or not; `GET` tells how far it is, and then what it found',
    body: backtestIn,
    status: 202,
    answer: backtestStarted,
    errors: [...BODY_ERRORS, 404, 503],
  }),
  getBacktest: operation({
    method: 'GET',
    path: `${BASE}/backtests/:backtest_id`,
    summary: 'How far a backtest is, and its result, which is kept for ten minutes',
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
    summary: 'Change the fields that are given',
    params: ruleParams,
    body: rulePatch,
    status: 200,
    answer: rule,
    errors: [...BODY_ERRORS, 404, 409],
  }),
  toggleRule: operation({
    method: 'PATCH',
    path: `${BASE}/rules/:rule_id/toggle`,
    summary: 'Switch a rule on or off',
    params: ruleParams,
    status: 200,
    answer: ruleToggled,
    errors: [404],
  }),
  deleteRule: operation({
    method: 'DELETE',
    path: `${BASE}/rules/:rule_id`,
    summary: 'Delete a rule; its events stay',
    params: ruleParams,
    status: 204,
    errors: [404],
  }),
  getBudget: operation({
    method: 'GET',
    path: `${BASE}/rules/budget`,
    summary: 'How often each rule rang, and what that was worth',
    query: budgetQuery,
    status: 200,
    answer: budget,
  }),
  listRuleChanges: operation({
    method: 'GET',
    path: `${BASE}/rules/:rule_id/changes`,
    summary: 'What was changed in a rule, newest first',
    params: ruleParams,
    status: 200,
    answer: z.array(ruleChange),
    errors: [404],
  }),
  undoRuleChange: operation({
    method: 'POST',
    path: `${BASE}/rules/:rule_id/changes/:change_id/undo`,
    summary: 'Put back what a change changed, unless it was changed since',
    params: changeParams,
    status: 200,
    answer: rule,
    errors: [404, 409],
  }),
  listMethods: operation({
    method: 'GET',
    path: `${BASE}/methods`,
    summary: 'The detectors that a rule can name',
    status: 200,
    answer: z.array(methodOut),
  }),
} as const
