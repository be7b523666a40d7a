import { say } from '@sluice/core/internal'

/** Characters of a message that are kept. */
const LONGEST = 2000

/** What is kept of an error. */
export interface ErrorFacts {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly status?: number
}

/** An error as plain data, its texts run through `redact`. */
export function errorFacts(error: unknown, redact: (text: string) => string = (text) => text): ErrorFacts {
  const { name, code, status } = (typeof error === 'object' && error !== null ? error : {}) as {
    name?: unknown
    code?: unknown
    status?: unknown
  }
  // Redacted before it is cut: half a secret would not be found.
  const message = redact(say(error instanceof Error ? error.message : error)).slice(0, LONGEST)
  return {
    name: typeof name === 'string' ? name : 'Error',
    message,
    ...(typeof code === 'string' && { code }),
    ...(typeof status === 'number' && { status }),
  }
}
