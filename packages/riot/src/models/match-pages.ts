/** Most ids that Riot gives at once. */
const PAGE = 100

/**
 * The ids of a player's matches from `start` on, page after page, each asked for when the one before is used up, until there are no more.
 * Matches that are played meanwhile push the older ones to later pages: an id that was there already is not repeated.
 */
export async function* matchPages(
  ask: (page: { start: number; count: number }) => Promise<readonly string[]>,
  { start = 0, count = Infinity }: { start?: number | undefined; count?: number | undefined },
): AsyncGenerator<string, void, undefined> {
  const seen = new Set<string>()
  for (let at = start; seen.size < count; at += PAGE) {
    const ids = await ask({ start: at, count: PAGE })
    for (const id of ids) {
      if (seen.has(id) || seen.size >= count) continue
      seen.add(id)
      yield id
    }
    if (ids.length < PAGE) return
  }
}
