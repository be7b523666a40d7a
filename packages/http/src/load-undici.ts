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
      import('undici/lib/dispatcher/client.js'),
      import('undici/lib/core/connect.js'),
    ])
    return { Client: client.default, buildConnector: connect.default }
  } catch {
    return import('undici')
  }
}
