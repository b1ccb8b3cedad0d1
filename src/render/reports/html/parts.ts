import { clipped } from '../../clip.ts'
import { harmless } from '../../svg/shapes.ts'

/** HTML that may stand in a page: everything interpolated has been made harmless. */
export type Html = string

const LONGEST = 4096

/** Text from outside, or ours that may quote it. */
export function text(outside: string): Html {
  return harmless(clipped(outside, LONGEST))
}

/** Text from outside, as it was on the wire. */
export function code(outside: string): Html {
  return outside === '' ? '<i>empty</i>' : `<code>${text(outside)}</code>`
}

export interface Column {
  /** For the head of the table; on a narrow screen it stands before each value. */
  title: string
  className?: string
}

export interface TableRow {
  cells: readonly Html[]
  className?: string
}

/** A table whose first column names the row. */
export function table(caption: Html, columns: readonly Column[], rows: readonly TableRow[]): Html {
  const heads = columns.map(({ title, className }) => `<th scope="col"${classOf(className)}>${title}</th>`)
  const body = rows.map(({ cells, className }) => {
    const [first = '', ...others] = cells
    const rest = others.map((cell, index) => {
      const column = columns[index + 1]
      return `<td data-title="${column?.title ?? ''}"${classOf(column?.className)}>${cell}</td>`
    })
    return `<tr${classOf(className)}><th scope="row">${first}</th>${rest.join('')}</tr>`
  })
  return `<table><caption>${caption}</caption><thead><tr>${heads.join('')}</tr></thead><tbody>
${body.join('\n')}
</tbody></table>`
}

export function classOf(className: string | undefined): Html {
  return className === undefined ? '' : ` class="${className}"`
}
