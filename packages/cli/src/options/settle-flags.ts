import type { Command } from 'commander'
import { UsageError } from '../errors.ts'
import type { Config } from './config.ts'
import { Flag } from './flag.ts'

/** Where the value of a flag comes from, when not from the command line: `SLUICE_RATE`, or a file and a name in it. */
export type Origins = ReadonlyMap<string, string>

/**
 * Gives the flags of a command that stand not on its command line the value of the environment, or else of the config file.
 *
 * @returns from where, by the long name of the flag.
 * @throws UsageError that names the variable, or the file and the name in it.
 */
export function settleFlags(
  command: Command,
  env: Readonly<Record<string, string | undefined>>,
  config: Config | undefined,
): Origins {
  const origins = new Map<string, string>()
  for (const flag of command.options) {
    if (!(flag instanceof Flag)) continue
    const name = flag.attributeName()
    const source = command.getOptionValueSource(name)
    if (source !== undefined && source !== 'default') continue
    const text = env[flag.variable]
    if (text !== undefined) {
      set(command, flag, ofText(flag, text, flag.variable), 'env')
      origins.set(flag.long!, flag.variable)
      continue
    }
    const found = config?.find(command, name)
    if (found === undefined) continue
    set(command, flag, ofConfig(flag, found.value, found.place), 'config')
    origins.set(flag.long!, found.place)
  }
  return origins
}

/** What is wrong with a flag's value, and with it where that value stands, if not on the command line. */
export function withOrigin(message: string, origins: Origins): string {
  const [name] = /^--[a-z-]+/.exec(message) ?? []
  const origin = name === undefined ? undefined : origins.get(name)
  return origin === undefined ? message : `${origin}: ${message}`
}

type Value = string | number | boolean | string[] | undefined

function set(command: Command, flag: Flag, value: Value, source: string): void {
  if (value !== undefined) command.setOptionValueWithSource(flag.attributeName(), flag.negate ? !value : value, source)
}

function ofText(flag: Flag, text: string, place: string): Value {
  if (flag.kind === 'text') return text
  if (flag.kind === 'list') return text.split('\n').filter((line) => line !== '')
  if (/^(|0|false|no)$/i.test(text)) return undefined
  if (flag.kind === 'count' && /^\d+$/.test(text)) return Number(text)
  if (/^(1|true|yes)$/i.test(text)) return flag.kind === 'count' ? 1 : true
  throw new UsageError(`${place}=${text}: write 1 or 0`)
}

function ofConfig(flag: Flag, value: unknown, place: string): Value {
  const { kind, negate } = flag
  if (kind === 'switch' && typeof value === 'boolean') {
    const on = value !== negate
    return on ? true : undefined
  }
  if (kind === 'count' && typeof value === 'number') return value > 0 ? value : undefined
  if (kind === 'count' && typeof value === 'boolean') return value ? 1 : undefined
  if ((kind === 'text' || kind === 'list') && (typeof value === 'string' || typeof value === 'number')) {
    return kind === 'list' ? [String(value)] : String(value)
  }
  if (kind === 'list' && Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  const allowed = {
    switch: 'true or false',
    count: 'a number',
    list: 'a list of strings',
    text: 'a string or a number',
  }
  throw new UsageError(`${place}: must be ${allowed[kind]}, not ${JSON.stringify(value)}`)
}
