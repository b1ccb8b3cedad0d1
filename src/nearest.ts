/** Characters. What is longer is no word with a letter wrong, and comparing it would take a while. */
const LONGEST = 60

/**
 * The words that are nearest to one that nobody knows: at most `most`, and none that needs more than a third of it
 * changed. Of short words everything is near to everything: one letter is all that may be wrong in them.
 */
export function nearest(word: string, known: Iterable<string>, most = 4): string[] {
  if (word.length > LONGEST) return []
  return [...new Set(known)]
    .map((candidate) => ({ candidate, distance: candidate.includes(word) ? 0.5 : distanceOf(word, candidate) }))
    .filter(({ distance }) => distance <= (word.length < 5 ? 1 : Math.max(2, word.length / 3)))
    .toSorted((a, b) => a.distance - b.distance || a.candidate.length - b.candidate.length)
    .slice(0, most)
    .map(({ candidate }) => candidate)
}

/** Characters to insert, drop or replace (Levenshtein). */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, character] of [...one].entries()) {
    const next = [index + 1]
    for (const [at, wanted] of [...other].entries()) {
      const replaced = (row[at] ?? 0) + (character === wanted ? 0 : 1)
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
