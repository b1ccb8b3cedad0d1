const patience = 60_000

/** Text that grows, and somebody who waits for a part of it. */
export class Output {
  text = ''
  #waiting = new Set<() => void>()

  add(more: string): void {
    this.text += more
    for (const look of this.#waiting) look()
  }

  /**
   * Resolves with the first match.
   * @throws Error with all that came, when the wait is over
   */
  waitFor(wanted: string | RegExp, read: () => string = () => this.text): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = match(read(), wanted)
        if (!found) return
        settle()
        resolve(found)
      }
      const settle = () => {
        clearTimeout(timer)
        this.#waiting.delete(look)
      }
      const timer = setTimeout(() => {
        settle()
        reject(new Error(`waited for ${String(wanted)}, saw:\n${read()}`))
      }, patience)
      this.#waiting.add(look)
      look()
    })
  }
}

function match(text: string, wanted: string | RegExp): string[] | null {
  if (typeof wanted !== 'string') return wanted.exec(text)
  return text.includes(wanted) ? [wanted] : null
}
