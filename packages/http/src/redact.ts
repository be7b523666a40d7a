const REDACTED = 'REDACTED'

/** Names that hold credentials wherever they stand: in headers and in queries. */
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'set-cookie',
  'x-api-key',
  'api-key',
  'x-auth-token',
  'x-riot-token',
])
const CREDENTIAL_QUERY =
  /^(.*[-_.])?(api[-_]?key|apikey|key|token|secret|password|passwd|pwd|pass|auth|authorization|credential|credentials|signature|sig|session|sessionid|jwt|code)$/i

/** What a session regards as secret: the well-known names and those that its user added. */
export class Credentials {
  readonly #extra: ReadonlySet<string>

  constructor(extra: readonly string[] = []) {
    this.#extra = new Set(extra.map((name) => name.toLowerCase()))
  }

  /** True for a header that must not reach another origin, a log, an error or an event. */
  isHeader(name: string): boolean {
    const key = name.toLowerCase()
    return CREDENTIAL_HEADERS.has(key) || this.#extra.has(key)
  }

  /** True for a query parameter whose value must not be shown. */
  isQuery(name: string): boolean {
    return CREDENTIAL_QUERY.test(name.replace(/([a-z])([A-Z])/g, '$1_$2')) || this.#extra.has(name.toLowerCase())
  }

  /** `url` without user, password and the values of credentials in its query; safe to show. */
  redactUrl(url: string): string {
    let text = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, `$1${REDACTED}@`)
    const question = text.indexOf('?')
    if (question < 0) return text
    const hash = text.indexOf('#', question)
    const end = hash < 0 ? text.length : hash
    const query = text
      .slice(question + 1, end)
      .split('&')
      .map((pair) => {
        const equals = pair.indexOf('=')
        if (equals < 0) return pair
        return this.isQuery(decode(pair.slice(0, equals))) ? `${pair.slice(0, equals)}=${REDACTED}` : pair
      })
      .join('&')
    text = `${text.slice(0, question + 1)}${query}${text.slice(end)}`
    return text
  }

  /** Headers as a record whose credentials are redacted; safe to show. */
  redactHeaders(headers: Iterable<readonly [name: string, value: string]>): Record<string, string> {
    const shown: Record<string, string> = {}
    for (const [name, value] of headers) {
      const text = this.isHeader(name) ? REDACTED : value
      shown[name] = shown[name] === undefined ? text : `${shown[name]}, ${text}`
    }
    return shown
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** The well-known credentials, for those who have no session at hand. */
export const knownCredentials: Credentials = new Credentials()

/**
 * A URL that is safe to show: user, password and the values of credentials in its query are replaced.
 *
 * @example
 * ```ts
 * import { redactUrl } from '@sluice/http'
 *
 * console.log(redactUrl('https://api.example/me?api_key=s3cret&page=2')) // https://api.example/me?api_key=REDACTED&page=2
 * ```
 */
export function redactUrl(url: string): string {
  return knownCredentials.redactUrl(url)
}
