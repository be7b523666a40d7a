import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { UsageError, messageOf } from '../errors.ts'
import { loadModule } from '../load-module.ts'

/** In the working directory, one of them. */
const NAMES = ['sluice.config.ts', 'sluice.config.mjs', 'sluice.config.json']

/** What a config file says. */
export class Config {
  readonly #path: string
  readonly #values: Readonly<Record<string, unknown>>

  /** @throws UsageError for a name that is neither an option nor a command of `program`. */
  constructor(path: string, values: unknown, program: Command) {
    this.#path = path
    if (!isObject(values)) throw new UsageError(`${path}: must be an object with options and commands`)
    this.#values = values
    this.#check(values, program, '')
  }

  /** The value of an option of a command: what stands in the part of that command, or else further out. */
  find(command: Command, option: string): { value: unknown; place: string } | undefined {
    const path: string[] = []
    for (let at: Command | null = command; at?.parent; at = at.parent) path.unshift(at.name())
    for (; ; path.pop()) {
      let part: unknown = this.#values
      for (const name of path) part = isObject(part) ? part[name] : undefined
      if (isObject(part) && Object.hasOwn(part, option)) {
        return { value: part[option], place: `${this.#path}, ${[...path, option].join('.')}` }
      }
      if (path.length === 0) return undefined
    }
  }

  #check(part: Readonly<Record<string, unknown>>, command: Command, path: string): void {
    const options = new Set(optionsBelow(command))
    const commands = new Map(command.commands.map((child) => [child.name(), child]))
    for (const [name, value] of Object.entries(part)) {
      const child = commands.get(name)
      if (child !== undefined && isObject(value)) this.#check(value, child, `${path}${name}.`)
      else if (!options.has(name)) {
        const allowed = [...options, ...commands.keys()].join(', ')
        throw new UsageError(`${this.#path}, ${path}${name}: there is no such option; write one of ${allowed}`)
      }
    }
  }
}

/**
 * Loads the config file of the working directory, or the one that `SLUICE_CONFIG` names, if there is one.
 *
 * @throws UsageError when it cannot be loaded, or says what it must not.
 */
export async function loadConfig(program: Command, named: string | undefined): Promise<Config | undefined> {
  const path = named === undefined || named === '' ? await findConfig() : resolve(named)
  if (path === undefined) return undefined
  let values: unknown
  try {
    if (path.endsWith('.json')) {
      const { readFile } = await import('node:fs/promises')
      values = JSON.parse(await readFile(path, 'utf8'))
    } else values = (await loadModule(path))['default']
  } catch (error) {
    throw new UsageError(`${path}: ${messageOf(error)}`, { cause: error })
  }
  if (values === undefined) throw new UsageError(`${path}: has no default export`)
  return new Config(path, values, program)
}

async function findConfig(): Promise<string | undefined> {
  const paths = NAMES.map((name) => resolve(name))
  const there = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        (about) => about.isFile(),
        () => false,
      ),
    ),
  )
  const found = paths.filter((_, i) => there[i])
  if (found.length > 1) throw new UsageError(`there are two config files, ${found.join(' and ')}: keep one of them`)
  return found[0]
}

function optionsBelow(command: Command): string[] {
  return [...command.options.map((option) => option.attributeName()), ...command.commands.flatMap(optionsBelow)]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
