import type { Client, buildConnector } from 'undici'

/** What a session needs of undici. */
export interface UndiciParts {
  readonly Client: typeof Client
  readonly buildConnector: typeof buildConnector
}

/**
 * Loads the two parts of undici that a session needs: a quarter of the files of the whole, and of the time. Where they lie inside of undici is not
 * promised; if they are elsewhere, all of it is loaded.
 */
export async function loadUndici(): Promise<UndiciParts> {
  try {
    const [client, connect] = await Promise.all([
      // @ts-expect-error undici has types for its entry only
      import('undici/lib/dispatcher/client.js') as Promise<{ default: typeof Client }>,
      // @ts-expect-error the same
      import('undici/lib/core/connect.js') as Promise<{ default: typeof buildConnector }>,
    ])
    return { Client: client.default, buildConnector: connect.default }
  } catch {
    return import('undici')
  }
}
