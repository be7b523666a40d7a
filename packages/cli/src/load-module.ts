import { pathToFileURL } from 'node:url'

/**
 * Loads a module that the user wrote, in JavaScript or TypeScript. Node itself removes the types from version 22.18 on; before, jiti does.
 *
 * @returns what it exports.
 * @throws whatever the module throws, or what is wrong with its text.
 */
export async function loadModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  const { typescript } = process.features as { typescript?: unknown }
  if (!/\.[cm]?ts$/.test(path) || typescript) {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>
  }
  const { createJiti } = await import('jiti')
  return createJiti(pathToFileURL(path).href, { fsCache: false, interopDefault: false }).import(path)
}
