import { readFile } from 'node:fs/promises'
import { UsageError } from '../errors.ts'
import { isSensitiveHeader, type Secrets } from '../secrets.ts'

/** The method of `-X`, or else the one that goes with the body. @throws UsageError for another text. */
export function methodOf(method: string | undefined, body: string | undefined): string {
  if (method === undefined) return body === undefined ? 'GET' : 'POST'
  if (!/^[A-Za-z]+$/.test(method)) throw new UsageError(`--request ${method}: write a method such as GET or POST`)
  return method.toUpperCase()
}

/** The body of `-d`, from a file if it says so. @throws UsageError when it cannot be read. */
export async function bodyOf(data: string | undefined, secrets: Secrets): Promise<string | undefined> {
  if (data === undefined) return undefined
  return data.startsWith('@') ? readText('--data', data.slice(1)) : secrets.expand(data)
}

/** The headers of `-H`, and with a body also its type. @throws UsageError for what is no header. */
export async function headersOf(
  lines: readonly string[],
  secrets: Secrets,
  body: string | undefined,
): Promise<Record<string, string>> {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const texts = line.startsWith('@')
      ? (await readText('--header', line.slice(1))).split(/\r?\n/).filter((text) => !/^\s*(#|$)/.test(text))
      : [line]
    for (const text of texts) {
      const [, name, value] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*)$/.exec(text.trim()) ?? []
      // The text is not shown: it may be the secret itself.
      if (name === undefined || value === undefined) throw new UsageError("--header: write 'Name: value'")
      headers[name] = secrets.expand(value)
      if (isSensitiveHeader(name)) secrets.add(headers[name].replace(/^(basic|bearer|token|key)\s+/i, ''))
    }
  }
  if (body !== undefined && !Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')) {
    headers['content-type'] = isJson(body) ? 'application/json' : 'application/x-www-form-urlencoded'
  }
  return headers
}

async function readText(flag: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${flag} @${path}: ${(error as Error).message}`, { cause: error })
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
