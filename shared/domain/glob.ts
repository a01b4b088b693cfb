// The globs of rules and of sources: `*` is any text, `/` included, `?` one character, all else literal; case is ignored.

/**
 * Compiles a glob. Matching goes back to the newest star only, so it takes at most length × length steps, where a
 * regular expression would try every way to share the text among the stars.
 */
export function createGlob(glob: string): (text: string) => boolean {
  const pattern = Array.from(glob.toLowerCase())
  return glob === '*' ? () => true : (text) => matches(pattern, Array.from(text.toLowerCase()))
}

function matches(pattern: readonly string[], text: readonly string[]): boolean {
  let p = 0
  let t = 0
  let star = -1
  let heldByStar = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      heldByStar = t
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++heldByStar
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
