import { hostScope } from '../scopes.ts'
import type { HeaderDialect } from '../types.ts'
import { readTriple } from './rate-limit-headers.ts'

/**
 * Reddit's headers: `X-Ratelimit-Used`, `-Remaining` (with fractions) and `-Reset` (seconds from now); the limit is the sum of the first two.
 * Source: github.com/reddit-archive/reddit/wiki/API.
 */
export function reddit(): HeaderDialect {
  return { name: 'Reddit', scopes: [hostScope], read: (response) => readTriple(response, 'x-ratelimit-', 'host') }
}
