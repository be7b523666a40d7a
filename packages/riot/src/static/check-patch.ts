import { show } from '@sluice/core/internal'

/** Refuses what cannot be the name of a patch. */
export function checkPatch(patch: unknown): void {
  if (typeof patch !== 'string' || patch === '')
    throw new TypeError(`patch must be a name such as 'latest' or '15.1', not ${show(patch)}`)
}
