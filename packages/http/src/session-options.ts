import { Semaphore, systemClock, type PermitSource } from '@sluice/core'
import { emitter, checkCount, checkFunction, checkMs, checkNumber, show } from '@sluice/core/internal'
import type { TransportOptions } from './transport.ts'
import type { CookieJarLike, SessionOptions, TimeoutOptions } from './types.ts'
import { Cookies } from './cookies.ts'
import { loadConnector } from './connector.ts'
import { chooseProxy } from './proxy-settings.ts'
import { Credentials } from './redact.ts'
import { encodeQuery } from './url.ts'

const TIMEOUTS: Required<TimeoutOptions> = { total: 300_000, queue: 0, connect: 10_000, headers: 0, body: 0 }
const MIB = 1024 * 1024

/** Refuses what is not a time limit; returns it in its long form. */
export function checkTimeout(timeout: number | TimeoutOptions | undefined): TimeoutOptions | undefined {
  if (timeout === undefined) return undefined
  if (typeof timeout === 'number') {
    checkLimit('timeout', timeout)
    return { total: timeout }
  }
  if (typeof timeout !== 'object' || timeout === null)
    throw new TypeError(
      `timeout must be milliseconds or an object of total, queue, connect, headers and body, not ${show(timeout)}`,
    )
  for (const name of Object.keys(timeout)) {
    if (!Object.hasOwn(TIMEOUTS, name))
      throw new TypeError(`timeout.${name} does not exist; there are total, queue, connect, headers and body`)
    const ms = timeout[name as keyof TimeoutOptions]
    if (ms !== undefined) checkLimit(`timeout.${name}`, ms)
  }
  return timeout
}

function checkLimit(option: string, ms: unknown): void {
  if (ms !== Infinity) checkMs(option, ms)
}

/** Checks the options of a session and fills in the defaults. */
export function checkSessionOptions(options: SessionOptions): TransportOptions {
  const { connections = 100, connectionsPerHost = Infinity, keepAlive = 15_000, maxRedirects = 10 } = options
  const {
    maxBodySize = 256 * MIB,
    maxHeaderSize = 16_384,
    decompress = true,
    http2 = false,
    clock = systemClock,
  } = options
  checkCount('connections', connections)
  checkCount('connectionsPerHost', connectionsPerHost)
  checkMs('keepAlive', keepAlive)
  checkCount('maxRedirects', maxRedirects, 0)
  checkNumber('maxBodySize', maxBodySize, 1, Infinity, 'bytes, at least 1, or Infinity')
  checkNumber('maxHeaderSize', maxHeaderSize, 1, 2 ** 31 - 1, 'bytes from 1 to 2147483647')
  checkBoolean('decompress', decompress)
  checkBoolean('http2', http2)
  checkBoolean('raiseForStatus', options.raiseForStatus ?? false)
  if (options.graceMs !== undefined && options.graceMs !== Infinity) checkMs('graceMs', options.graceMs)
  if (options.onEvent !== undefined) checkFunction('onEvent', options.onEvent)
  if (options.parseJson !== undefined) checkFunction('parseJson', options.parseJson)
  for (const layer of options.middleware ?? []) checkFunction('middleware', layer)
  const connectorOptions = {
    keepAlive,
    maxHeaderSize,
    http2,
    tls: options.tls ?? {},
    socketPath: options.socketPath,
    proxy: chooseProxy(options.proxy, process.env),
  }
  return {
    clock,
    connections,
    connectionsPerHost,
    concurrency: toPermitSource(options.concurrency),
    http2,
    timeout: { ...TIMEOUTS, ...withoutUndefined(checkTimeout(options.timeout)) },
    maxRedirects,
    query: new URLSearchParams(encodeQuery(options.query, 'query')),
    reading: { maxBodySize, decompress, credentials: new Credentials(options.credentials) },
    cookies: toCookies(options.cookies),
    loadConnector: () => loadConnector(connectorOptions),
    emit: emitter(options.onEvent, options.name, clock),
  }
}

function checkBoolean(option: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new TypeError(`${option} must be true or false, not ${show(value)}`)
}

function withoutUndefined(timeout: TimeoutOptions | undefined): TimeoutOptions {
  return Object.fromEntries(Object.entries(timeout ?? {}).filter(([, ms]) => ms !== undefined))
}

function toPermitSource(concurrency: SessionOptions['concurrency']): PermitSource | undefined {
  if (concurrency === undefined) return undefined
  if (typeof concurrency === 'number') {
    checkCount('concurrency', concurrency)
    return new Semaphore(concurrency)
  }
  if (typeof concurrency?.tryAcquire !== 'function' || typeof concurrency.acquire !== 'function')
    throw new TypeError(`concurrency must be a whole number of at least 1 or a PermitSource, not ${show(concurrency)}`)
  return concurrency
}

function toCookies(cookies: boolean | CookieJarLike | undefined): Cookies | undefined {
  if (cookies === undefined || cookies === false) return undefined
  if (cookies === true) return new Cookies(undefined)
  if (typeof cookies?.getCookieString !== 'function' || typeof cookies.setCookie !== 'function')
    throw new TypeError(`cookies must be true, false or a CookieJar of tough-cookie, not ${show(cookies)}`)
  return new Cookies(cookies)
}
