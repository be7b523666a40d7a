import type { StoreError } from '@sluice/runs'
import { messageOf } from '../errors.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'

/** What is said, and with what code the command ends, when the store of a run or its output does not fit; undefined for another error. */
export function storeExit(error: unknown): { message: string; code: ExitCode } | undefined {
  // By its name, so that commands that have no run need not load the engine.
  if (!(error instanceof Error) || error.name !== 'StoreError') return undefined
  const message = messageOf(error).replace('start over (fresh)', 'add --fresh to start over')
  const { code } = error as StoreError
  if (code === 'NO_SQLITE') return { message, code: EXIT.usage }
  if (code !== 'FOREIGN_OUTPUT') return { message, code: EXIT.unfit }
  const [path] = message.split(' exists already')
  return {
    message: `${path} exists already and is not overwritten: name another file, or add --fresh to start over`,
    code: EXIT.usage,
  }
}
