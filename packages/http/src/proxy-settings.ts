import { show } from '@sluice/core/internal'
import { HeaderList } from './headers.ts'
import type { ProxyOptions, TlsOptions } from './types.ts'

/** A proxy and what it wants to hear. */
export interface ProxyServer {
  /** Without user and password. */
  readonly origin: string
  /** `[name, value, …]`, with `proxy-authorization` if there is a user. */
  readonly headers: readonly string[]
  readonly tls: TlsOptions
}

/** Says which proxy leads to an origin; `undefined` for none. */
export type ProxyChoice = (origin: string) => ProxyServer | undefined

/** The variables that name proxies, lower case first, as in curl. */
type Environment = Readonly<Record<string, string | undefined>>

/** Takes the option `proxy` apart; `undefined` when there is no proxy at all. */
export function chooseProxy(
  option: boolean | string | URL | ProxyOptions | undefined,
  env: Environment,
): ProxyChoice | undefined {
  if (option === false) return undefined
  if (option === undefined || option === true) return fromEnvironment(env)
  if (typeof option === 'string' || option instanceof URL) {
    const proxy = parse('proxy', option, {})
    return () => proxy
  }
  if (typeof option !== 'object' || option === null)
    throw new TypeError(`proxy must be true, false, a URL or an object with url, not ${show(option)}`)
  const proxy = parse('proxy.url', option.url, option)
  const direct = noProxy(option.noProxy ?? '')
  return (origin) => (direct(origin) ? undefined : proxy)
}

function fromEnvironment(env: Environment): ProxyChoice | undefined {
  const read = (name: string): string | undefined => {
    const value = env[name.toLowerCase()] ?? env[name]
    return value === undefined || value === '' ? undefined : value
  }
  // In CGI, HTTP_PROXY comes from the request's header Proxy (CVE-2016-5385).
  const httpUrl = env['REQUEST_METHOD'] === undefined ? read('HTTP_PROXY') : env['http_proxy']
  const httpsUrl = read('HTTPS_PROXY')
  if (httpUrl === undefined && httpsUrl === undefined) return undefined
  const http = httpUrl === undefined ? undefined : parse('HTTP_PROXY', httpUrl, {})
  const https = httpsUrl === undefined ? undefined : parse('HTTPS_PROXY', httpsUrl, {})
  const direct = noProxy(read('NO_PROXY') ?? '')
  return (origin) => (direct(origin) ? undefined : origin.startsWith('https:') ? https : http)
}

function parse(option: string, input: string | URL, options: Pick<ProxyOptions, 'headers' | 'tls'>): ProxyServer {
  const text = String(input)
  let url: URL
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`)
  } catch {
    // It may hold a password: not shown.
    throw new TypeError(`${option} must be an http: or https: URL`)
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new TypeError(`${option} must be an http: or https: URL, not one of ${url.protocol}`)
  const headers = HeaderList.from(options.headers)
  if (url.username !== '' && !headers.has('proxy-authorization')) {
    const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    headers.set('proxy-authorization', `Basic ${Buffer.from(user).toString('base64')}`)
  }
  return { origin: url.origin, headers: headers.raw, tls: options.tls ?? {} }
}

/** True for origins that NO_PROXY lists: `*`, a host with all below it (`example.com`, `.example.com`, `*.example.com`), with a port or without. */
function noProxy(list: string): (origin: string) => boolean {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, host = entry, port = ''] = /^(.+?)(?::(\d+))?$/.exec(isBareIPv6(entry) ? `[${entry}]` : entry) ?? []
      return { host: host.replace(/^\*?\./, ''), port }
    })
  if (entries.some(({ host }) => host === '*')) return () => true
  return (origin) => {
    if (entries.length === 0) return false
    const { hostname, port, protocol } = new URL(origin)
    const actual = port === '' ? (protocol === 'https:' ? '443' : '80') : port
    return entries.some(
      (entry) =>
        (entry.port === '' || entry.port === actual) &&
        (hostname === entry.host || hostname.endsWith(`.${entry.host}`)),
    )
  }
}

function isBareIPv6(entry: string): boolean {
  return !entry.startsWith('[') && entry.split(':').length > 2
}
