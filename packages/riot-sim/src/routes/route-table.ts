import { OPERATIONS, type Operation } from '../data/operations.ts'

/** An operation whose path fits; `operation` is undefined when the path exists for other verbs only. */
export interface FoundOperation {
  readonly operation: Operation | undefined
  readonly params: Readonly<Record<string, string>>
}

interface Pattern {
  readonly operation: Operation
  /** Literal segments, and the name of a parameter behind a colon. */
  readonly segments: readonly string[]
}

// By service and number of segments: few patterns are left to compare. Paths with more literal segments come first.
const PATTERNS = new Map<string, Pattern[]>()
for (const operation of OPERATIONS) {
  const segments = operation.path
    .slice(1)
    .split('/')
    .map((segment) => segment.replace(/^\{(\w+)\}$/, ':$1'))
  const id = bucket(segments)
  const patterns = PATTERNS.get(id) ?? []
  patterns.push({ operation, segments })
  patterns.sort((a, b) => parameters(a) - parameters(b))
  PATTERNS.set(id, patterns)
}

/** Finds the operation of a path, and decodes its parameters. */
export function findOperation(verb: string, path: string): FoundOperation | undefined {
  const segments = path.slice(1).split('/')
  let otherVerb = false
  for (const pattern of PATTERNS.get(bucket(segments)) ?? []) {
    const params = match(pattern.segments, segments)
    if (params === undefined) continue
    if (pattern.operation.verb === verb) return { operation: pattern.operation, params }
    otherVerb = true
  }
  return otherVerb ? { operation: undefined, params: {} } : undefined
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {}
  for (let i = 0; i < pattern.length; i++) {
    const expected = pattern[i]!
    const segment = segments[i]!
    if (!expected.startsWith(':')) {
      if (expected !== segment) return undefined
      continue
    }
    const value = decode(segment)
    if (value === undefined || value === '') return undefined
    params[expected.slice(1)] = value
  }
  return params
}

function decode(segment: string): string | undefined {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

function bucket(segments: readonly string[]): string {
  return `${segments.length}/${segments[0]}/${segments[1]}`
}

function parameters(pattern: Pattern): number {
  return pattern.segments.filter((segment) => segment.startsWith(':')).length
}
