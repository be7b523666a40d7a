/** The paths at which a value can still be changed. */
export function changeable(value: unknown, path = '$'): string[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([name, part]) => changeable(part, `${path}.${name}`))
  return Object.isFrozen(value) ? inside : [path, ...inside]
}
