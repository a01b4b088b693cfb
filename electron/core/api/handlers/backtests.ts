// Backtests and previews of a rule.
import type { BacktestService } from '../../backtest/service.ts'
import type { Handlers } from './handlers.ts'

type BacktestHandlers = Pick<Handlers, 'startBacktest' | 'getBacktest' | 'cancelBacktest' | 'previewRule'>

export const backtestHandlers = (backtests: BacktestService): BacktestHandlers => ({
  startBacktest: ({ body }) => ({ id: backtests.start(body) }),
  getBacktest: ({ params }) => backtests.get(params.backtest_id),
  cancelBacktest: ({ params }) => backtests.cancel(params.backtest_id),
  previewRule: ({ body }) => backtests.preview(body),
})
