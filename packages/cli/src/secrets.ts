import { redactUrl } from '@sluice/http'
import { UsageError } from './errors.ts'

/** What stands in place of a secret. */
const MASK = 'REDACTED'
/** A shorter value is no secret, and masking it would make text unreadable. */
const SHORTEST = 4
const VARIABLE = /\$\{env:([^}]*)\}/g
const SENSITIVE_NAME = /auth|cookie|token|key|secret|passw|session|signature|credential/i

/** True for a header whose value is not shown, by its name. */
export function isSensitiveHeader(name: string): boolean {
  return SENSITIVE_NAME.test(name)
}

/**
 * What must not be shown: the values of environment variables that a command line names as `${env:NAME}`, and the values of headers that are
 * credentials by their name. They are known here and nowhere else, and taken out of everything that is printed or written.
 */
export class Secrets {
  readonly #env: Readonly<Record<string, string | undefined>>
  readonly #values = new Set<string>()
  #pattern: RegExp | undefined

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env
  }

  /**
   * Replaces `${env:NAME}` by what the environment says, run through `encode`.
   *
   * @throws UsageError when the variable is not set, or empty.
   */
  expand(text: string, encode: (value: string) => string = (value) => value): string {
    return text.replaceAll(VARIABLE, (whole, name: string) => {
      const value = this.#env[name]
      if (value === undefined || value === '') {
        throw new UsageError(`${whole} names an environment variable that is ${value === '' ? 'empty' : 'not set'}`)
      }
      this.add(value)
      return encode(value)
    })
  }

  /** Never show this value. */
  add(value: string): void {
    if (value.length < SHORTEST || this.#values.has(value)) return
    this.#values.add(value)
    const forms = [...this.#values].flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      escaped(secret),
      // In JSON that is quoted in a message.
      escaped(escaped(secret)),
    ])
    // The longest first: a secret may be part of another.
    const distinct = [...new Set(forms)].sort((a, b) => b.length - a.length)
    this.#pattern = new RegExp(
      distinct.map((form) => form.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('|'),
      'g',
    )
  }

  /** `text` without the secrets. */
  mask(text: string): string {
    return this.#pattern === undefined ? text : text.replaceAll(this.#pattern, MASK)
  }

  /** A URL without the secrets, and without what is a credential by its name. */
  maskUrl(url: string): string {
    return this.mask(redactUrl(url))
  }

  /** The value of a header as it may be shown. */
  maskHeader(name: string, value: string): string {
    return isSensitiveHeader(name) ? MASK : this.mask(value)
  }
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
