const UTF8_BOM = 0xfeff

let lastType: string | undefined
let lastCharset = 'utf-8'

/** The charset that a `content-type` names, in lower case; `utf-8` if none. */
export function charsetOf(contentType: string | undefined): string {
  // Responses of one server have one type.
  if (contentType === lastType) return lastCharset
  const match = contentType === undefined ? null : /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)
  lastType = contentType
  lastCharset = match === null ? 'utf-8' : match[1]!.toLowerCase()
  if (lastCharset === 'utf8' || lastCharset === 'us-ascii') lastCharset = 'utf-8'
  return lastCharset
}

/** Bytes as text without a byte order mark. A `RangeError` names a charset that is not known. */
export function decodeText(bytes: Buffer, charset: string): string {
  if (charset !== 'utf-8') return new TextDecoder(charset).decode(bytes)
  const text = bytes.toString('utf8')
  return text.charCodeAt(0) === UTF8_BOM ? text.slice(1) : text
}
