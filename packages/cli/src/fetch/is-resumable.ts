import { statSync } from 'node:fs'

/** Whether a run with this output can go on later: a file is needed for that, and neither a pipe nor a device. */
export function isResumable(output: string | undefined): output is string {
  return output !== undefined && (statSync(output, { throwIfNoEntry: false })?.isFile() ?? true)
}
