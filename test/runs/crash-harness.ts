import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { openDatabase } from '../../packages/runs/src/store/sqlite.ts'
import type { Job } from './crash-child.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** How a child ended. */
export interface ChildEnd {
  /** True when it was killed, by itself or by us. */
  readonly killed: boolean
  readonly code: number | null
  readonly output: string
}

/** The program of the crash tests, made of the sources. */
export class CrashHarness implements Disposable {
  /** For the files of the tests. */
  readonly folder: string
  readonly #program: string

  private constructor(folder: string, program: string) {
    this.folder = folder
    this.#program = program
  }

  static async build(): Promise<CrashHarness> {
    const base = join(root, '.cache', 'crash-tests')
    mkdirSync(base, { recursive: true })
    const folder = mkdtempSync(join(base, 'run-'))
    const bundle = await rolldown({
      input: join(root, 'test', 'runs', 'crash-child.ts'),
      platform: 'node',
      resolve: { conditionNames: ['@sluice/source', 'node', 'import'] },
      logLevel: 'silent',
    })
    await bundle.write({ file: join(folder, 'child.mjs'), format: 'esm' })
    await bundle.close()
    return new CrashHarness(folder, join(folder, 'child.mjs'))
  }

  /** Starts a child, and waits for its end. `onReady` is called when it begins to work. */
  async run(job: Job, onReady?: (child: ChildProcess) => void, shell?: string): Promise<ChildEnd> {
    const args = [this.#program, JSON.stringify(job)]
    const stdio = ['ignore', 'pipe', 'pipe', ...(onReady ? ['ipc' as const] : [])] as const
    const child =
      shell === undefined
        ? spawn(process.execPath, args, { stdio: [...stdio] })
        : spawn('bash', ['-c', `${shell}; exec "$0" "$@"`, process.execPath, ...args], { stdio: [...stdio] })
    let output = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.once('message', () => onReady?.(child))
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => resolve({ killed: signal === 'SIGKILL', code, output }))
    })
  }

  /** A folder for one run. */
  fresh(): string {
    return mkdtempSync(join(this.folder, 'case-'))
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** What is in an output: `key` → how it ended, and what is wrong with it. */
export interface Findings {
  readonly outcomes: Map<string, string>
  /** Lines whose key has come before. */
  readonly doubled: number
  /** Lines that are no JSON. */
  readonly torn: number
}

/** Reads an output as anybody would. */
export function readOutput(path: string): Findings {
  const outcomes = new Map<string, string>()
  let doubled = 0
  let torn = 0
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
  const text = path.endsWith('.gz') && bytes.length > 0 ? gunzipSync(bytes).toString() : bytes.toString()
  for (const line of text.split('\n')) {
    if (line === '') continue
    let record: { key: string; attempts: number; error?: unknown }
    try {
      record = JSON.parse(line) as typeof record
    } catch {
      torn++
      continue
    }
    if (outcomes.has(record.key)) doubled++
    outcomes.set(record.key, `${record.error === undefined ? 'ok' : 'failed'} ${record.attempts}`)
  }
  return { outcomes, doubled, torn }
}

/** What SQLite says of a store: `ok`. */
export function integrityOf(store: string): string {
  const database = openDatabase(join(store, 'store.sqlite'))
  try {
    return String(database.prepare('PRAGMA integrity_check').get()!['integrity_check'])
  } finally {
    database.close()
  }
}
