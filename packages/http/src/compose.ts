import type { Middleware, Next } from './types.ts'

/** One function out of all layers, made once: the first is the outermost, `send` the innermost. */
export function compose(middleware: readonly Middleware[], send: Next): Next {
  let next = send
  for (let i = middleware.length - 1; i >= 0; i--) {
    const layer = middleware[i]!
    const inner = next
    next = (request) => layer(request, inner)
  }
  return next
}
