/**
 * True when a quoted field is open at the end of `line`: the record goes on in the next one. A quote opens a field only where it begins.
 *
 * @param open whether a quoted field is open where the line begins.
 */
export function endsOpen(line: string, separator: string, open: boolean): boolean {
  for (let at = 0, quoted = open; ;) {
    if (quoted) {
      const end = line.indexOf('"', at)
      if (end < 0) return true
      at = end + 1
      if (line[at] === '"') {
        at++
        continue
      }
      quoted = false
    } else if (line[at] === '"') {
      quoted = true
      at++
      continue
    }
    const next = line.indexOf(separator, at)
    if (next < 0) return false
    at = next + 1
  }
}

/**
 * The fields of one CSV record (RFC 4180): a field in quotes may hold the separator, line ends, and quotes written twice.
 *
 * @returns what is wrong with it, as a string, if it is no record.
 */
export function csvFields(record: string, separator: string): string[] | string {
  const fields: string[] = []
  for (let at = 0; ;) {
    if (record[at] === '"') {
      let value = ''
      for (let start = at + 1; ;) {
        const end = record.indexOf('"', start)
        if (end < 0) return 'has a quote that is never closed'
        value += record.slice(start, end)
        if (record[end + 1] !== '"') {
          at = end + 1
          break
        }
        value += '"'
        start = end + 2
      }
      if (at < record.length && record[at] !== separator)
        return `has text after the closing quote of field ${fields.length + 1}`
      fields.push(value)
    } else {
      const found = record.indexOf(separator, at)
      const end = found < 0 ? record.length : found
      const value = record.slice(at, end)
      if (value.includes('"'))
        return `has a quote inside field ${fields.length + 1}: put the whole field in quotes, and write " twice`
      fields.push(value.trim())
      at = end
    }
    if (at >= record.length) return fields
    at++
    if (at === record.length) return [...fields, '']
  }
}
