import type { CookieJarLike } from './types.ts'

/** The cookies of a session. tough-cookie is loaded with the first request that needs it. */
export class Cookies {
  #jar: CookieJarLike | undefined
  #loading: Promise<CookieJarLike> | undefined
  /** Cookies that are being kept; a request that follows must see them. */
  #keeping: Promise<unknown> = Promise.resolve()

  constructor(jar: CookieJarLike | undefined) {
    this.#jar = jar
  }

  /** The `cookie` header for a URL; empty if there is none. */
  async header(url: string): Promise<string> {
    await this.#keeping
    return (this.#jar ?? (await this.#load())).getCookieString(url)
  }

  /** Keeps what a response sets; a cookie that is not allowed (a foreign domain) is ignored. */
  keep(setCookies: readonly string[], url: string): void {
    const jar = this.#jar
    if (jar === undefined || setCookies.length === 0) return
    const before = this.#keeping
    this.#keeping = (async () => {
      await before
      for (const cookie of setCookies) await jar.setCookie(cookie, url, { ignoreError: true })
    })().catch((error: unknown) => {
      console.warn('sluice: the cookie jar could not keep a cookie; the request goes on', error)
    })
  }

  #load(): Promise<CookieJarLike> {
    return (this.#loading ??= import('tough-cookie').then(({ CookieJar }) => (this.#jar = new CookieJar())))
  }
}
