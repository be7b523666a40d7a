import { SHAPES } from './shapes.ts'

interface Field {
  readonly name: string
  readonly optional: boolean
  readonly type: string
}

const FIELDS = new Map<string, readonly Field[]>()

/**
 * Says where a value differs from a shape of `SHAPES`: a field that is missing, of another type or not known; undefined when it fits.
 * Optional fields may also be null, as they are on the wire.
 *
 * @param type a shape, a scalar, or an array or map of them, as in `SHAPES`.
 */
export function shapeProblem(type: string, value: unknown, service = '', at = 'value'): string | undefined {
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return `${at} is no array`
    return first(value, (item, index) => shapeProblem(type.slice(0, -2), item, service, `${at}[${index}]`))
  }
  if (type.startsWith('map<')) {
    if (!isObject(value)) return `${at} is no map`
    const inner = type.slice(type.indexOf(',') + 1, -1)
    return first(Object.entries(value), ([key, item]) => shapeProblem(inner, item, service, `${at}.${key}`))
  }
  if (type.startsWith('='))
    return type
      .slice(1)
      .split('|')
      .includes(value as string)
      ? undefined
      : `${at} is not one of ${type}`
  switch (type) {
    case 'unknown':
      return undefined
    case 'string':
    case 'boolean':
      return typeof value === type ? undefined : `${at} is no ${type}`
    case 'int32':
    case 'int64':
      return Number.isInteger(value) ? undefined : `${at} is no whole number`
    case 'float':
    case 'double':
      return Number.isFinite(value) ? undefined : `${at} is no number`
    case 'none':
      return value === undefined ? undefined : `${at} is not empty`
  }
  return objectProblem(type.includes('.') ? type : `${service}.${type}`, value, at)
}

/** The fields of a shape that must be there. */
export function requiredFields(shape: string): string[] {
  return fieldsOf(shape)
    .filter((field) => !field.optional)
    .map((field) => field.name)
}

/** All fields of a shape. */
export function knownFields(shape: string): string[] {
  return fieldsOf(shape).map((field) => field.name)
}

function objectProblem(shape: string, value: unknown, at: string): string | undefined {
  if (!isObject(value)) return `${at} is no object`
  const service = shape.slice(0, shape.indexOf('.'))
  const fields = fieldsOf(shape)
  const known = new Set(fields.map((field) => field.name))
  const stranger = Object.keys(value).find((name) => !known.has(name))
  if (stranger !== undefined) return `${at}.${stranger} is not in ${shape}`
  return first(fields, ({ name, optional, type }) => {
    const item = value[name]
    if (item === undefined || item === null) return optional ? undefined : `${at}.${name} is missing`
    return shapeProblem(type, item, service, `${at}.${name}`)
  })
}

function fieldsOf(shape: string): readonly Field[] {
  let fields = FIELDS.get(shape)
  if (fields === undefined) {
    const table = SHAPES[shape]
    if (table === undefined) throw new RangeError(`there is no shape ${shape}`)
    fields = table.split(' ').map((entry) => {
      const colon = entry.indexOf(':')
      const name = entry.slice(0, colon)
      return { name: name.replace('?', ''), optional: name.endsWith('?'), type: entry.slice(colon + 1) }
    })
    FIELDS.set(shape, fields)
  }
  return fields
}

function first<T>(items: readonly T[], problem: (item: T, index: number) => string | undefined): string | undefined {
  for (let i = 0; i < items.length; i++) {
    const found = problem(items[i]!, i)
    if (found !== undefined) return found
  }
  return undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
