import { resolve } from 'node:path'
import { UsageError } from '../errors.ts'

/** @throws UsageError when one file is to be two of the input, the output and the list of failed items. */
export function checkDistinct(output: string | undefined, failed: string | undefined, input: string | undefined): void {
  const place = (path: string | undefined): string | undefined =>
    path === undefined || path === '-' ? undefined : resolve(path)
  if (output !== undefined && place(output) === place(failed)) {
    throw new UsageError(`-o and --failed name the same file: ${output}`)
  }
  for (const path of [output, failed]) {
    if (path !== undefined && place(path) === place(input)) {
      throw new UsageError(`${path} is the input, and would be overwritten while it is read: name another file`)
    }
  }
}
