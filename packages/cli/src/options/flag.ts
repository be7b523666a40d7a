import { Option } from 'commander'

/** How a flag's value is put together. */
export type FlagKind = 'switch' | 'count' | 'list' | 'text'

/** An option of a command. It can be set by the command line, by the environment and by a config file. */
export class Flag extends Option {
  /** `-v` counts and `-H` collects: where they may stand several times. */
  repeatable = false

  /** What it is called in the environment: `SLUICE_PER_HOST`. */
  get variable(): string {
    return `SLUICE_${this.long!.slice(2).toUpperCase().replaceAll('-', '_')}`
  }

  get kind(): FlagKind {
    if (this.required) return this.repeatable ? 'list' : 'text'
    return this.repeatable ? 'count' : 'switch'
  }

  /** What its value may be, for completion; whoever reads the value refuses others. */
  oneOf(values: readonly string[]): this {
    this.argChoices = [...values]
    return this
  }

  /** It may stand several times. */
  many(): this {
    this.repeatable = true
    return this.kind === 'list'
      ? this.argParser<string[]>((value, before) => [...(Array.isArray(before) ? before : []), value])
      : this.argParser<number>((_, before) => (typeof before === 'number' ? before : 0) + 1)
  }
}

/** An option, as commander writes it: `-o, --output <file>`. */
export function flag(flags: string, description: string, value?: string): Flag {
  const made = new Flag(flags, description)
  return value === undefined ? made : made.default(value)
}
