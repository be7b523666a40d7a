/** The command line or what it names is wrong: said in one line, without a stack, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

/** The input cannot be read any further. */
export class InputError extends UsageError {
  override readonly name: string = 'InputError'
}

/** One item of the input is wrong; the others go on. */
export class ItemError extends Error {
  override readonly name: string = 'ItemError'
}

/** What went wrong, in one line, for people. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replaceAll(/\s*[\r\n]+\s*/g, ' ')
}
