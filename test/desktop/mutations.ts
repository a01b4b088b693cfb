// Shows that the security specs notice a guard that is gone: switches one off in a copy of the built program, runs the
// spec that watches it, and expects that to fail. `npm run test:mutations`
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JSONReport, JSONReportSpec, JSONReportSuite } from 'playwright/types/testReporter'
import build from '../support/build.ts'
import { copyProgram } from './program-copy.ts'

interface Mutation {
  guard: string
  /** Each text stands in the built main process exactly once. */
  changes: [from: string, to: string][]
  /** Part of the title of the spec that must notice. */
  noticedBy: string
}

const FILE = 'out/main/index.js'
const NO_SANDBOX: Mutation['changes'] = [
  ['app.enableSandbox();', ''],
  ['sandbox: true', 'sandbox: false'],
]
const NOT_ISOLATED: Mutation['changes'] = [['contextIsolation: true', 'contextIsolation: false']]

const MUTATIONS: Mutation[] = [
  { guard: 'sandbox', changes: NO_SANDBOX, noticedBy: 'the preload script has no Node' },
  { guard: 'isolation', changes: NOT_ISOLATED, noticedBy: 'the bridge is two functions' },
  {
    guard: 'no Node in the page',
    changes: [...NO_SANDBOX, ...NOT_ISOLATED, ['nodeIntegration: false', 'nodeIntegration: true']],
    noticedBy: 'the page has no Node',
  },
  {
    guard: 'content security policy',
    changes: [['"content-security-policy": CONTENT_SECURITY_POLICY,', '']],
    noticedBy: 'the policy is sent',
  },
  {
    guard: "sender's address",
    changes: [[' || !isOwn(frame.url)', '']],
    noticedBy: 'a foreign page with the same preload script',
  },
  { guard: "sender's frame", changes: [[' || frame.parent !== null', '']], noticedBy: 'a frame inside the own page' },
  { guard: 'API only', changes: [['refuseOtherPaths(url);', '']], noticedBy: 'only the API answers' },
  {
    guard: 'navigation',
    changes: [['if (!isOwn(event.url)) event.preventDefault();', '']],
    noticedBy: 'the window stays where it is',
  },
  {
    guard: 'redirects',
    changes: [['contents.on("will-redirect", (event) => event.preventDefault());', '']],
    noticedBy: 'a redirect is not followed',
  },
  {
    guard: 'window.open',
    changes: [['contents.setWindowOpenHandler(() => ({ action: "deny" }));', '']],
    noticedBy: 'no window opens',
  },
  {
    guard: 'webview',
    changes: [
      ['webviewTag: false', 'webviewTag: true'],
      ['contents.on("will-attach-webview", (event) => event.preventDefault());', ''],
    ],
    noticedBy: 'no webview opens',
  },
  { guard: 'permissions', changes: [['\trefusePermissions();', '']], noticedBy: 'the page may notify' },
]

const ROOT = join(import.meta.dirname, '../..')
const CONFIG = join(ROOT, 'test/e2e/playwright.config.ts')
const AT_ONCE = 2

await build()
const waiting = [...MUTATIONS]
const survivors: string[] = []
await Promise.all(Array.from({ length: AT_ONCE }, work))
console.log(`${MUTATIONS.length - survivors.length} of ${MUTATIONS.length} guards are watched`)
process.exitCode = survivors.length === 0 ? 0 : 1

async function work(): Promise<void> {
  for (let mutation = waiting.shift(); mutation; mutation = waiting.shift()) {
    const reason = await survival(mutation)
    console.log(`${mutation.guard}: ${reason ?? `noticed by "${mutation.noticedBy} …"`}`)
    if (reason !== undefined) survivors.push(mutation.guard)
  }
}

/** Why the mutation survives; undefined if its spec notices it. */
async function survival({ changes, noticedBy }: Mutation): Promise<string | undefined> {
  const program = copyProgram(ROOT)
  try {
    for (const [from, to] of changes) {
      let times = 0
      program.alter(FILE, (text) => text.replaceAll(from, () => (times++, to)))
      if (times !== 1) return `NOT TRIED, "${from}" stands in the built program ${times} times`
    }
    return verdict(await run(noticedBy, program.root))
  } finally {
    program.remove()
  }
}

async function run(title: string, root: string): Promise<JSONReport> {
  const report = join(root, 'report.json')
  const playwright = join(ROOT, 'node_modules/playwright/cli.js')
  const only = ['--project=double', '--grep', title, '--reporter=json', '--output', join(root, 'results')]
  const child = spawn(process.execPath, [playwright, 'test', '--config', CONFIG, ...only], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, TOCSIN_TEST_ROOT: root, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  })
  await once(child, 'exit')
  return JSON.parse(readFileSync(report, 'utf8'))
}

/** A spec that fails because nothing starts has noticed nothing. */
function verdict({ suites }: JSONReport): string | undefined {
  const results = suites.flatMap(specsOf).flatMap(({ tests }) => tests.flatMap(({ results }) => results))
  const [result] = results
  if (results.length !== 1 || !result) return `NOT TRIED, ${results.length} specs have this title`
  if (result.status === 'passed') return 'SURVIVES, its spec still passes'
  const message = result.error?.message ?? ''
  return message.includes('expect(') ? undefined : `NOT TRIED, its spec failed for another reason: ${message}`
}

function specsOf({ specs, suites = [] }: JSONReportSuite): JSONReportSpec[] {
  return [...specs, ...suites.flatMap(specsOf)]
}
