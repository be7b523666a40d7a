import { spawn } from 'node:child_process'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const binaries = join(resolve(fileURLToPath(import.meta.url), '../..'), 'node_modules', '.bin')

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Record<string, string | undefined>} [env]   added to this process's environment
 * @property {boolean} [show]       pass the output through as well
 * @property {number} [limitMs]     end the command, and all that it started, after this time; default: no limit
 */

/**
 * @typedef {object} RunResult
 * @property {number} code      exit code; 1 when a signal ended it
 * @property {string} stdout
 * @property {string} output    stdout and stderr, as they came
 * @property {number} ms        how long it took
 */

/**
 * Runs a shell command as npm would, with the workspace's tools on PATH. It never throws for the command's failure.
 *
 * @param {string} command
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, { cwd, env = {}, show = false, limitMs } = {}) {
  const start = performance.now()
  return new Promise((done) => {
    // A process group of its own, so that ending it ends the workers too.
    const child = spawn(command, {
      shell: true,
      detached: true,
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env, PATH: `${binaries}${delimiter}${process.env['PATH'] ?? ''}` },
    })
    let stdout = ''
    let output = ''
    /** @param {string} text @param {NodeJS.WriteStream} stream */
    const add = (text, stream) => {
      output += text
      if (show) stream.write(text)
    }
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
      add(text, process.stdout)
    })
    child.stderr.setEncoding('utf8').on('data', (text) => add(text, process.stderr))

    /** @param {NodeJS.Signals} signal */
    const kill = (signal) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal)
      } catch {
        // It has ended already.
      }
    }
    const interrupted = () => {
      kill('SIGTERM')
      process.exit(130)
    }
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
    const timer =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            add(`\nended: it took longer than ${limitMs / 60_000} minutes\n`, process.stderr)
            kill('SIGKILL')
          }, limitMs)

    /** @param {number} code */
    const end = (code) => {
      clearTimeout(timer)
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
      done({ code, stdout, output, ms: performance.now() - start })
    }
    child.on('error', (error) => {
      add(`${error.message}\n`, process.stderr)
      end(1)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}

/**
 * Calls `fn` for every item, at most `limit` at a time.
 *
 * @template T
 * @param {number} limit
 * @param {Iterable<T>} items
 * @param {(item: T) => Promise<void>} fn
 * @returns {Promise<void>}
 */
export async function forEachLimited(limit, items, fn) {
  const iterator = items[Symbol.iterator]()
  const worker = async () => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) await fn(next.value)
  }
  await Promise.all(Array.from({ length: limit }, worker))
}
