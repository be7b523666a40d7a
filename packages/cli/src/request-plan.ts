import { ItemError } from './errors.ts'
import type { Item } from './input/entry.ts'
import type { Secrets } from './secrets.ts'
import type { Template } from './template.ts'

/** One request, ready to be sent. `url`, `headers` and `body` may hold secrets. */
export interface PlannedRequest {
  /** What the item is called in the output: unique if the input is. */
  readonly key: string
  readonly method: string
  readonly url: string
  /** Of this item; those of the whole run are the session's. */
  readonly headers: Readonly<Record<string, string>> | undefined
  readonly body: string | undefined
}

/** What is the same for every request. */
export interface RequestDefaults {
  /** Undefined when the items are URLs. */
  readonly template: Template | undefined
  readonly method: string
  readonly body: string | undefined
  readonly secrets: Secrets
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** The request of one item. @throws ItemError that says what is wrong with the item. */
export function planRequest(item: Item, defaults: RequestDefaults): PlannedRequest {
  const { template, secrets } = defaults
  const own = item.overrides ? item.fields! : {}
  const url = checkUrl(urlOf(item, own, defaults))
  const headers = headersOf(own['headers'])
  let body = defaults.body
  let method = defaults.method
  if (own['body'] !== undefined) {
    body = typeof own['body'] === 'string' ? own['body'] : JSON.stringify(own['body'])
    if (typeof own['body'] !== 'string' && !hasHeader(headers, 'content-type'))
      headers['content-type'] = 'application/json'
    if (method === 'GET') method = 'POST'
  }
  if (own['method'] !== undefined) {
    if (typeof own['method'] !== 'string' || !TOKEN.test(own['method'])) {
      throw new ItemError(`the field "method" must be a name like GET or POST`)
    }
    method = own['method'].toUpperCase()
  }
  return {
    key: secrets.mask(keyOf(item, template) ?? secrets.maskUrl(url)),
    method,
    url,
    headers: Object.keys(headers).length === 0 ? undefined : headers,
    body,
  }
}

function urlOf(item: Item, own: Readonly<Record<string, unknown>>, { template, secrets }: RequestDefaults): string {
  if (own['url'] !== undefined && !template?.fields.includes('url')) {
    if (typeof own['url'] !== 'string') throw new ItemError('the field "url" must be a string')
    return own['url']
  }
  if (template !== undefined) {
    if (template.fields.length === 0 && !item.overrides)
      throw new ItemError('cannot be filled into the URL, which has no {}')
    return template.fill(item)
  }
  const url = item.text ?? item.fields?.['url']
  if (typeof url !== 'string') throw new ItemError('has no field "url", and there is no template to fill')
  return item.trusted ? secrets.expand(url, encodeURIComponent) : url
}

function checkUrl(url: string): string {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    const shown = url.length > 60 ? `${url.slice(0, 60)}…` : url
    throw new ItemError(
      `is no URL: ${JSON.stringify(shown)} (write https://…, or give a template such as https://api.example.com/{})`,
    )
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw new ItemError(`must be an http: or https: URL, not ${parsed.protocol}`)
  }
  return url
}

/** What the item says that it is called, or what it fills the template with; undefined if that does not tell it apart. */
function keyOf({ text, fields, overrides }: Item, template: Template | undefined): string | undefined {
  const key = fields?.['key'] ?? (overrides ? undefined : text)
  if (key !== undefined) {
    if (typeof key !== 'string' && typeof key !== 'number')
      throw new ItemError('the field "key" must be a string or a number')
    // Items that are URLs may hold credentials, which the URL as it is shown does not.
    return template === undefined && fields?.['key'] === undefined ? undefined : String(key)
  }
  const [only] = template?.fields.length === 1 ? template.fields : []
  const value = only === undefined || only === '' ? undefined : fields?.[only]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

function headersOf(value: unknown): Record<string, string> {
  if (value === undefined) return {}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ItemError('the field "headers" must be an object of names and values')
  }
  const headers: Record<string, string> = {}
  for (const [name, text] of Object.entries(value as Record<string, unknown>)) {
    if (!TOKEN.test(name)) throw new ItemError(`${JSON.stringify(name)} is no name of a header`)
    if ((typeof text !== 'string' && typeof text !== 'number') || /[\r\n\0]/.test(String(text))) {
      throw new ItemError(`the header ${JSON.stringify(name)} must have a value in one line`)
    }
    headers[name] = String(text)
  }
  return headers
}

function hasHeader(headers: Readonly<Record<string, string>>, name: string): boolean {
  return Object.keys(headers).some((other) => other.toLowerCase() === name)
}
