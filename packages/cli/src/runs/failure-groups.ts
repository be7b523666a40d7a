import type { ItemReport } from '@sluice/runs'
import { formatCount } from '../progress/format.ts'

/** Keys that are named of each kind. */
const SAMPLES = 3
/** Kinds that are told apart. */
const KINDS = 20

/** Failures by their kind, with a few keys of each. */
export class FailureGroups {
  readonly #groups = new Map<string, { count: number; message: string; keys: string[] }>()

  add({ key, error }: ItemReport): void {
    const { name = 'Error', status, code, message = '' } = error ?? {}
    const kind = status !== undefined && status > 0 ? String(status) : (code ?? name)
    let group = this.#groups.get(kind)
    if (group === undefined) this.#groups.set(kind, (group = { count: 0, message, keys: [] }))
    group.count++
    if (group.keys.length < SAMPLES) group.keys.push(key)
  }

  /** The most frequent first. */
  lines(): string[] {
    return [...this.#groups]
      .sort(([, a], [, b]) => b.count - a.count)
      .slice(0, KINDS)
      .flatMap(([kind, { count, message, keys }]) => [
        '',
        `${kind} × ${formatCount(count)}: ${message}`,
        ...keys.map((key) => `  ${key}`),
      ])
  }
}
