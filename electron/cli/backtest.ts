// `npm run --silent backtest -- FILE.csv`: a series judged from a file, every row answered by one row.
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import { ruleIn } from '../../shared/schemas/rule.ts'
import { problemsOfJudging } from '../core/detectors/registry.ts'
import { createRowBacktest, type EvaluatedRow } from '../core/detection/row-backtest.ts'
import { reasonForTerminal } from '../core/platform/escape-for-terminal.ts'
import { readArguments, runCommand, UsageError } from '../core/boot/command-line.ts'

const HELP = `Judges a series from a file and prints what a rule says of every row.

Usage: npm run --silent backtest -- FILE.csv [--method METHOD] [--param NAME=VALUE]…

  FILE.csv             rows of timestamp,value with a header; ISO 8601 or YYYY-MM-DD HH:MM:SS, UTC where no zone is given
  --method METHOD      the detector (ADAPTIVE)
  --param NAME=VALUE   a field of the rule (z_threshold, for_seconds, …) or a setting of the method (window, …)
  --help               this text

Prints timestamp,value,score,anomaly,alert,lower,upper.`

type Rule = ReturnType<typeof ruleOf>

await runCommand(async () => {
  const { file, rule } = argumentsOf(process.argv.slice(2))
  if (file === undefined) return console.log(HELP)
  try {
    await judgeFile(file, rule)
  } catch (error) {
    // The reader of a pipe may stop early, as head does.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return
    console.error(reasonForTerminal(error))
    process.exitCode = 1
  }
})

async function judgeFile(file: string, rule: Rule): Promise<void> {
  const rows = parse({ columns: true, skip_empty_lines: true, trim: true, bom: true, info: true })
  await pipeline(createReadStream(file), rows, (parsed) => judgedLines(parsed, rule), process.stdout, { end: false })
}

interface Parsed {
  record: Record<string, string>
  info: { lines: number }
}

async function* judgedLines(parsed: AsyncIterable<Parsed>, rule: Rule) {
  const judge = createRowBacktest(rule)
  yield 'timestamp,value,score,anomaly,alert,lower,upper\n'
  for await (const { record, info } of parsed) {
    const { timestamp, value } = record
    if (timestamp === undefined || value === undefined) throw new Error('The header must name timestamp and value.')
    const time = timeOf(timestamp)
    const number = value === '' ? NaN : Number(value)
    if (Number.isNaN(time)) throw new Error(`Line ${info.lines}: timestamp: ${timestamp} is no time.`)
    if (!Number.isFinite(number)) throw new Error(`Line ${info.lines}: value: ${value} is no number.`)
    yield lineOf(timestamp, value, judge({ time, value: number }))
  }
}

/** A time without a zone is in UTC. What is only nearly a time could be a formula to the spreadsheet that reads the output. */
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
  if (file === undefined) throw new UsageError('A file is needed.')
  if (rest.length > 0) throw new UsageError(`One file at a time; ${rest[0]} is one too many.`)
  return { file, rule: ruleOf(values.method ?? 'ADAPTIVE', values.param ?? []) }
}

/** A name that is no field of a rule is a setting of the method. */
function ruleOf(method: string, params: string[]) {
  const given = params.map((text) => {
    const at = text.indexOf('=')
    if (at < 1) throw new UsageError(`--param ${text} is not of the form NAME=VALUE.`)
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
  const judging = { ...rule.data, threshold: rule.data.threshold ?? null }
  const problem = problemsOfJudging(judging)[0]
  if (problem) throw new UsageError(`${problem.path}: ${problem.message}.`)
  return judging
}

function valueOf(text: string): number | boolean | string {
  if (text === 'true' || text === 'false') return text === 'true'
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
}
