import { show } from '@sluice/core/internal'

/** What may stand in a path: it is percent-encoded as one segment's part, so that a slash in it stays a character. */
export type PathValue = string | number | bigint

/** The names in a path template, in order, each once: `['region', 'id']` of `/{region}/users/{id}`. */
export type PathNames<Path extends string, Seen extends string = never> = string extends Path
  ? string[]
  : Path extends `${string}{${infer Name}}${infer Rest}`
    ? Name extends Seen
      ? PathNames<Rest, Seen>
      : [Name, ...PathNames<Rest, Seen | Name>]
    : []

type ValueOfEach<Names extends readonly string[]> = { [Index in keyof Names]: PathValue }

/** Those of `Names` that are not in `Filled`. */
type Unfilled<Names extends readonly string[], Filled> = Names extends readonly [
  infer Name extends string,
  ...infer Rest extends string[],
]
  ? Name extends Filled
    ? Unfilled<Rest, Filled>
    : [Name, ...Unfilled<Rest, Filled>]
  : Names

/** One value for each name in a path template, in order; those in `Filled` are left out. */
export type PathArguments<Path extends string, Filled = never> = ValueOfEach<Unfilled<PathNames<Path>, Filled>>

/** A path template, taken apart once. */
export class PathTemplate {
  readonly text: string
  /** The names, in order, each once. */
  readonly names: readonly string[]
  /** What stands between the values; one more than there are places. */
  readonly #literals: readonly string[]
  /** Which of the names each place takes. */
  readonly #places: readonly number[]

  /** @throws TypeError when the path does not begin with a slash, or its braces do not match. */
  constructor(text: string) {
    if (typeof text !== 'string' || !text.startsWith('/'))
      throw new TypeError(`path must begin with a slash, such as '/users/{id}', not ${show(text)}`)
    const parts = text.split(/\{([^{}/]+)\}/)
    this.text = text
    const places = parts.filter((_, i) => i % 2 === 1)
    this.names = [...new Set(places)]
    this.#places = places.map((name) => this.names.indexOf(name))
    this.#literals = parts.filter((_, i) => i % 2 === 0)
    if (this.#literals.some((literal) => /[{}]/.test(literal)))
      throw new TypeError(`path must have a name in each pair of braces, such as '/users/{id}', not ${show(text)}`)
  }

  /**
   * The path with `values` in place of the names: one value for each, wherever and however often it stands.
   *
   * @throws TypeError when a value is missing, empty, or a dot segment, which no server would see as it is.
   */
  fill(values: readonly unknown[]): string {
    let path = this.#literals[0]!
    for (let i = 0; i < this.#places.length; i++) {
      const name = this.#places[i]!
      path += encodePathValue(this.text, this.names[name]!, values[name]) + this.#literals[i + 1]!
    }
    return path
  }
}

function encodePathValue(template: string, name: string, value: unknown): string {
  const ok =
    typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) || typeof value === 'bigint'
  if (!ok) throw new TypeError(`${name} of ${template} must be a string or a finite number, not ${show(value)}`)
  const text = String(value)
  // An empty segment or a dot segment changes which path it is; even encoded, a URL parser would resolve the dots.
  if (text === '' || text === '.' || text === '..')
    throw new TypeError(`${name} of ${template} must not be ${show(text)}: it would lead to another path`)
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
}
