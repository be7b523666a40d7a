import { open, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes a file that was just made survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder, and does it by itself.
  const folder = await open(dirname(await realpath(path))).catch(() => undefined)
  await folder?.sync().catch(() => {})
  await folder?.close()
}
