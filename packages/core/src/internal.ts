// What the sister packages share with the core. Not a public entry: it may change in any release.
export { AbortLink, type AbortObserver } from './abort-link.ts'
export {
  checkCount,
  checkFunction,
  checkMoment,
  checkMs,
  checkNumber,
  checkSignal,
  checkWord,
  isThenable,
  say,
  show,
} from './check.ts'
export { emitter, type EventFacts } from './emit.ts'
export { Link, LinkedList } from './linked-list.ts'
export { resolveRetry, type RetryPolicy } from './retry-policy.ts'
