import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { ReadStream } from 'node:tty'

const CTRL_C = '\u0003'
const CTRL_Z = '\u001a'
const CTRL_BACKSLASH = '\u001c'
/** What the keys do on a terminal that is not asked for each key by itself. */
const SIGNALS: Readonly<Record<string, NodeJS.Signals>> = {
  [CTRL_C]: 'SIGINT',
  [CTRL_Z]: 'SIGTSTP',
  [CTRL_BACKSLASH]: 'SIGQUIT',
}

/**
 * Hears each key of a terminal as it is pressed, and gives the keys that are signals their meaning. A process in the background does not touch the
 * terminal: it would be stopped for that.
 *
 * @returns what ends it, and gives the terminal back as it was.
 */
export function hearKeys(stdin: ReadStream, listener: (key: string) => void): () => void {
  let ended = false
  let listening = false
  const hear = (text: string): void => {
    for (const key of text) {
      const signal = SIGNALS[key]
      if (signal === undefined) listener(key)
      else {
        if (signal === 'SIGTSTP') rest()
        // All that the shell has started together, as the terminal does.
        process.kill(0, signal)
      }
    }
  }
  const begin = (): void => {
    if (ended || listening) return
    listening = true
    stdin.setEncoding('utf8').setRawMode(true).on('data', hear).resume()
    // It must not hold the process.
    stdin.unref()
  }
  const rest = (): void => {
    if (!listening) return
    listening = false
    stdin.off('data', hear).pause().setRawMode(false)
  }
  const ask = (): void => void inForeground().then((yes) => (yes ? begin() : undefined))
  process.on('SIGCONT', ask)
  ask()
  return () => {
    ended = true
    process.off('SIGCONT', ask)
    rest()
  }
}

/** Whether the terminal is ours now. */
async function inForeground(): Promise<boolean> {
  let stat: string
  try {
    stat = await readFile('/proc/self/stat', 'utf8')
  } catch {
    return askPs()
  }
  // Behind the name, which may hold anything: state, parent, group, session, terminal, and the group that has the terminal.
  const [, , group, , , owner] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return group === owner
}

/** The same where there is no /proc, as on a Mac. */
function askPs(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'stat=', '-p', String(process.pid)], (error, stdout) =>
      resolve(error === null && stdout.includes('+')),
    )
  })
}
