// What the core takes from its surroundings, and nothing more: these exist in Node, Deno, Bun and every browser.
// Neither Node's types nor the DOM's are visible in this package, so nothing of theirs can slip in.

declare const performance: { now(): number }
declare function setTimeout(callback: () => void, ms?: number): { readonly __timeout: never }
declare function clearTimeout(handle: { readonly __timeout: never } | undefined): void
declare function queueMicrotask(callback: () => void): void
declare const console: { info(...data: unknown[]): void; warn(...data: unknown[]): void }

interface EventListenerOptionsLike {
  once?: boolean
}
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: any
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: EventListenerOptionsLike): void
  removeEventListener(type: 'abort', listener: () => void): void
}
interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare const AbortController: { new (): AbortController }
