/** True when two values of the spec are the same: numbers, bigints, texts, and lists and records of them. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((element, i) => equal(element, b[i]))
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  for (const name in left) if (!equal(left[name], right[name])) return false
  for (const name in right) if (!(name in left) && right[name] !== undefined) return false
  return true
}
