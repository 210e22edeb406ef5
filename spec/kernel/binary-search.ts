/**
 * Rust's `slice::binary_search`: the position at which it meets a value, or `~place` (negative) when it does not, `place`
 * being where the value belongs.
 *
 * On a list that is not in order it meets some values and misses others; which ones depends on how the search halves, so
 * this halves as the runtime's does. The chain has such lists: a farm's nodes after one moved in.
 *
 * @param list numbers, bigints, or byte strings (one latin1 character a byte, compared as bytes are)
 * @source rust 1.69 library/core/src/slice/mod.rs `binary_search_by`
 */
export function binarySearch<T extends number | bigint | string>(list: readonly T[], value: T): number {
  let left = 0
  let right = list.length
  while (left < right) {
    const middle = left + ((right - left) >>> 1)
    const met = list[middle]!
    if (met === value) return middle
    if (met < value) left = middle + 1
    else right = middle
  }
  return ~left
}
