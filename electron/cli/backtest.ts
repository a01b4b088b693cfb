// `npm run --silent backtest -- FILE.csv`: evaluates a rule on a series in a file, row by row.
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import { ruleIn } from '../../shared/schemas/rule.ts'
import { problemsOfSettings } from '../core/detectors/registry.ts'
import { createRowBacktest, type EvaluatedRow } from '../core/detection/row-backtest.ts'
import { reasonForTerminal } from '../core/platform/escape-for-terminal.ts'
import { readArguments, runCommand, UsageError } from '../core/boot/command-line.ts'

const HELP = `Evaluates a rule on a series in a CSV file and prints one result per row.

Usage: npm run --silent backtest -- FILE.csv [--method METHOD] [--param NAME=VALUE]…

  FILE.csv             columns timestamp and value, with a header; times in ISO 8601 or YYYY-MM-DD HH:MM:SS,
                       in UTC unless they have a zone
  --method METHOD      detection method (default: ADAPTIVE)
  --param NAME=VALUE   field of the rule (z_threshold, for_seconds, …) or parameter of the method (window, …)
  --help               show this help

Output columns: timestamp,value,score,anomaly,alert,lower,upper.`

type Rule = ReturnType<typeof ruleOf>

await runCommand(async () => {
  const { file, rule } = argumentsOf(process.argv.slice(2))
  if (file === undefined) return console.log(HELP)
  try {
    await evaluateFile(file, rule)
  } catch (error) {
    // The reader of a pipe may stop early, such as head.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return
    console.error(reasonForTerminal(error))
    process.exitCode = 1
  }
})

async function evaluateFile(file: string, rule: Rule): Promise<void> {
  const rows = parse({ columns: true, skip_empty_lines: true, trim: true, bom: true, info: true })
  await pipeline(createReadStream(file), rows, (parsed) => evaluatedLines(parsed, rule), process.stdout, { end: false })
}

interface Parsed {
  record: Record<string, string>
  info: { lines: number }
}

async function* evaluatedLines(parsed: AsyncIterable<Parsed>, rule: Rule) {
  const evaluate = createRowBacktest(rule)
  yield 'timestamp,value,score,anomaly,alert,lower,upper\n'
  for await (const { record, info } of parsed) {
    const { timestamp, value } = record
    if (timestamp === undefined || value === undefined)
      throw new Error('The header must have the columns timestamp and value.')
    const time = timeOf(timestamp)
    const number = value === '' ? NaN : Number(value)
    if (Number.isNaN(time)) throw new Error(`Line ${info.lines}: timestamp: ${timestamp} is not a time.`)
    if (!Number.isFinite(number)) throw new Error(`Line ${info.lines}: value: ${value} is not a number.`)
    yield lineOf(timestamp, value, evaluate({ time, value: number }))
  }
}

/** A time without a zone is in UTC. Anything else is rejected: the output may go to a spreadsheet, which runs formulas. */
function timeOf(text: string): number {
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i.test(text)) return NaN
  const iso = text.replace(' ', 'T')
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(iso) || !iso.includes('T') ? iso : `${iso}Z`)
}

function lineOf(timestamp: string, value: string, { score, anomaly, alert, lower, upper }: EvaluatedRow): string {
  return `${timestamp},${value},${score},${Number(anomaly)},${Number(alert)},${lower ?? ''},${upper ?? ''}\n`
}

function argumentsOf(args: string[]) {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { method: { type: 'string' }, param: { type: 'string', multiple: true }, help: { type: 'boolean' } },
  })
  if (values.help) return { rule: ruleOf('ADAPTIVE', []) }
  const [file, ...rest] = positionals
  if (file === undefined) throw new UsageError('FILE.csv is required.')
  if (rest.length > 0) throw new UsageError(`Only one file is allowed; remove ${rest[0]}.`)
  return { file, rule: ruleOf(values.method ?? 'ADAPTIVE', values.param ?? []) }
}

/** A name that is not a field of the rule is a parameter of the method. */
function ruleOf(method: string, params: string[]) {
  const given = params.map((text) => {
    const at = text.indexOf('=')
    if (at < 1) throw new UsageError(`--param ${text} is not in the form NAME=VALUE.`)
    return [text.slice(0, at), valueOf(text.slice(at + 1))] as const
  })
  const fields = given.filter(([name]) => name in ruleIn.shape)
  const own = given.filter(([name]) => !(name in ruleIn.shape))
  const rule = ruleIn.safeParse({
    name: 'backtest',
    method,
    ...Object.fromEntries(fields),
    params: Object.fromEntries(own),
  })
  if (!rule.success) {
    const { path, message } = rule.error.issues[0]!
    throw new UsageError(`${path.join('.')}: ${message}.`)
  }
  const evaluatedRule = { ...rule.data, threshold: rule.data.threshold ?? null }
  const problem = problemsOfSettings(evaluatedRule)[0]
  if (problem) throw new UsageError(`${problem.path}: ${problem.message}.`)
  return evaluatedRule
}

function valueOf(text: string): number | boolean | string {
  if (text === 'true' || text === 'false') return text === 'true'
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
}
