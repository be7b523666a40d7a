import { show } from '@sluice/core/internal'

/** What a query parameter may be. */
export interface Parameter<Value, Required extends boolean = boolean> {
  /** In words, for errors. */
  readonly allowed: string
  readonly required: Required
  fits(value: unknown): value is Value
}

/** The query of an operation: its parameters by name. */
export type QueryRules = Readonly<Record<string, Parameter<unknown>>>

type ValueOf<Rule> = Rule extends Parameter<infer Value> ? Value : never
type RequiredNames<Rules> = {
  [Name in keyof Rules]: Rules[Name] extends Parameter<unknown, true> ? Name : never
}[keyof Rules]

/** The options that a query's rules allow. */
export type QueryOf<Rules> = { [Name in RequiredNames<Rules>]: ValueOf<Rules[Name]> } & {
  [Name in Exclude<keyof Rules, RequiredNames<Rules>>]?: ValueOf<Rules[Name]> | undefined
}

function parameter<Value>(allowed: string, fits: (value: unknown) => boolean): Parameter<Value, false> {
  return { allowed, required: false, fits: fits as Parameter<Value>['fits'] }
}

/** A whole number. */
export const whole: Parameter<number, false> = parameter('a whole number', (value) => Number.isSafeInteger(value))

/** Any text. */
export const text: Parameter<string, false> = parameter('a string', (value) => typeof value === 'string')

/** One of some words. The server has the last word, so that a new one needs no new version of this package: only the type is strict. */
export function oneOf<const Words extends readonly string[]>(...words: Words): Parameter<Words[number], false> {
  return parameter(`one of ${words.join(', ')}`, (value) => typeof value === 'string')
}

/** The same, but it must be given. */
export function required<Value>(rule: Parameter<Value>): Parameter<Value, true> {
  return { ...rule, required: true }
}

/**
 * Refuses a value that does not fit.
 *
 * @throws TypeError that names operation and parameter.
 */
export function checkParameter(operation: string, name: string, rule: Parameter<unknown>, value: unknown): void {
  if (value === undefined ? !rule.required : rule.fits(value)) return
  throw new TypeError(`${name} of ${operation} must be ${rule.allowed}, not ${show(value)}`)
}
