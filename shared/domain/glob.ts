// Globs of rules, silences and sources: `*` is any text including `/`, `?` is one character, all else is literal. Case is
// ignored.

/**
 * Compiles a glob. Matching backtracks to the latest star only, so it takes at most length × length steps; a regular
 * expression could take exponential time.
 */
export function createGlob(glob: string): (text: string) => boolean {
  const pattern = Array.from(glob.toLowerCase())
  return glob === '*' ? () => true : (text) => matches(pattern, Array.from(text.toLowerCase()))
}

function matches(pattern: readonly string[], text: readonly string[]): boolean {
  let p = 0
  let t = 0
  let star = -1
  let starEnd = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      starEnd = t
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++starEnd
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
