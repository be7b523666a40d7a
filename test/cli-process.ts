import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { bundleCli } from '../scripts/bundle-cli.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The `sluice` command, made of the sources for one file of tests. */
export interface Cli extends Disposable {
  /** What node is to run. */
  readonly bin: string
  /** A folder for the files of the tests. */
  readonly folder: string
  /** Starts it. */
  start(args: readonly string[], options?: StartOptions): Running
  /** Starts it and waits for its end. */
  run(args: readonly string[], options?: StartOptions): Promise<Ended>
}

/** How a child process is started. */
export interface StartOptions {
  /** Standard input, which ends after it. Default: nothing, and it ends. `'open'` leaves it open. */
  readonly stdin?: string | Uint8Array
  readonly open?: boolean
  readonly env?: Readonly<Record<string, string>>
  /** Default: the folder of the tests. */
  readonly cwd?: string
}

/** A child process. */
export interface Running {
  readonly child: ChildProcess
  readonly stdout: Readable
  /** What it has said so far. */
  readonly said: { readonly stdout: string; readonly stderr: string }
  /** Waits until what it has said on standard error matches. */
  hears(pattern: RegExp): Promise<void>
  readonly ended: Promise<Ended>
}

/** What a child process left. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** The lines of standard output as JSON. */
  readonly lines: Line[]
}

/** A line of the output. */
export interface Line {
  index: number
  key: string
  url?: string
  status: number
  attempts: number
  ms: number
  data?: unknown
  error?: { name: string; message: string; code?: string; body?: string }
}

/**
 * Bundles the command out of the sources, into a folder of its own: a build that others make at the same time changes nothing under a test that runs.
 */
export async function buildCli(): Promise<Cli> {
  const base = join(root, '.cache', 'cli-tests')
  mkdirSync(base, { recursive: true })
  const folder = mkdtempSync(join(base, 'run-'))
  await bundleCli(join(folder, 'bin'), { whole: true })
  const bin = join(folder, 'bin', 'bin.js')
  const start = (args: readonly string[], options: StartOptions = {}): Running =>
    startProcess([bin, ...args], folder, options)
  return {
    bin,
    folder,
    start,
    run: (args, options) => start(args, options).ended,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function startProcess(
  args: readonly string[],
  folder: string,
  { stdin, open, env, cwd = folder }: StartOptions,
): Running {
  // Nothing of the tester's own settings: neither colours nor options.
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH, SLUICE_STATE_DIR: join(folder, 'state'), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text
    for (const listener of listeners) listener()
  })
  // A command that does not read its input closes it.
  child.stdin.on('error', () => {})
  if (stdin !== undefined) child.stdin.write(stdin)
  if (open !== true) child.stdin.end()
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      for (const listener of listeners) listener()
      resolve({
        code,
        signal,
        ...said,
        get lines() {
          return said.stdout
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line) as Line)
        },
      })
    })
  })
  const hears = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(said.stderr)) resolve()
        else if (child.exitCode !== null) reject(new Error(`it ended and never said ${pattern}, but ${said.stderr}`))
        else return
        listeners.delete(look)
      }
      listeners.add(look)
      look()
    })
  return { child, stdout: child.stdout, said, hears, ended }
}
