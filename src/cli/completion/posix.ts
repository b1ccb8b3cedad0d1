import type { CommandNames, Value } from './names.ts'

/** The words before the cursor, as `case` labels, and what may follow each of them. */
export interface Branch {
  labels: readonly string[]
  value: Value
}

/** After a flag that takes a value, quoted for a POSIX shell: `'report --format'`. */
export function branches(commands: readonly CommandNames[]): Branch[] {
  return commands.flatMap(({ name, flags }) =>
    flags.flatMap(({ spellings, value }) =>
      value ? [{ labels: spellings.map((spelling) => quoted(`${name} ${spelling}`)), value }] : []))
}

/** One word of a POSIX shell, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
