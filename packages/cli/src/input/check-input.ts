import type { Readable } from 'node:stream'
import { InputError, ItemError } from '../errors.ts'
import { isBad, type Item } from './entry.ts'
import type { InputSource } from './open-input.ts'
import { readItems, type ItemsInput } from './read-items.ts'

/** Reads standard input to its end, since it can be read only once. */
export async function keepStdin({ name }: InputSource, stdin: Readable): Promise<InputSource> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stdin) chunks.push(chunk as Uint8Array)
  return { path: '-', name, kept: chunks }
}

/**
 * Looks at every item before the first is begun. Returns how many there are.
 *
 * @throws InputError when one of them cannot be used, after `onProblem` was told of each.
 */
export async function checkInput(
  input: ItemsInput,
  stdin: () => Readable,
  plan: (item: Item) => unknown,
  onProblem: (place: string, problem: string) => void,
): Promise<number> {
  let items = 0
  let bad = 0
  const refuse = (place: string, problem: string): void => {
    bad++
    onProblem(place, problem)
  }
  for await (const entry of readItems(input, stdin)) {
    if (isBad(entry)) refuse(entry.place, entry.problem)
    else {
      try {
        plan(entry)
        items++
      } catch (error) {
        if (!(error instanceof ItemError)) throw error
        refuse(entry.place, error.message)
      }
    }
  }
  if (bad > 0)
    throw new InputError(`${bad} bad ${bad === 1 ? 'line' : 'lines'} in the input: nothing was started (--strict)`)
  return items
}
