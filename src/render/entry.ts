import { padEnd, spread, wrap } from './layout.ts'
import { block, type Pen } from './pen.ts'

/** Something that is known without a walk. */
export interface Entry {
  name: string
  /** What it is: `error of the token endpoint`, `check`, `step`. */
  kind: string
  /** Labels with what stands beside them. Several texts under one label are numbered. */
  parts: readonly (readonly [label: string, texts: readonly string[]])[]
}

const LABEL = 10

export function drawEntry({ name, kind, parts }: Entry, pen: Pen): string {
  const title = pen.prose(name)
  const line = spread(` ${title}`, kind, pen.measure)
  const head = line === undefined ? [...wrap(title, pen.measure - 1).map((one) => ` ${pen.bold(one)}`), ...wrap(kind, pen.measure - 1).map((one) => ` ${pen.dim(one)}`)] : [` ${pen.bold(title)}${pen.dim(line.slice(title.length + 1))}`]
  return block([...head, '', ...parts.flatMap(([label, texts]) => drawPart(label, texts.filter((text) => text !== ''), pen))])
}

function drawPart(label: string, texts: readonly string[], pen: Pen): string[] {
  const lines = texts.flatMap((text, index) => {
    const mark = texts.length > 1 ? `${index + 1}`.padEnd(3) : ''
    return wrap(pen.prose(text), pen.measure - 3 - LABEL - mark.length).map((line, at) => (at === 0 ? mark : ' '.repeat(mark.length)) + line)
  })
  return lines.map((line, index) => `   ${padEnd(index === 0 ? label : '', LABEL)}${line}`)
}

/** What there is, by its kind. */
export function drawContents(contents: Readonly<Record<string, readonly string[]>>, pen: Pen): string {
  return block(Object.entries(contents).flatMap(([kind, names]) => [
    ` ${pen.bold(kind)}`,
    ...wrap(pen.text(names.map((name) => name.replaceAll(' ', NO_BREAK)).join('  ')), pen.measure - 3).map((line) => `   ${line.replaceAll(NO_BREAK, ' ').trimEnd()}`),
    '',
  ]))
}

/** Holds a name of several words together while lines are made. */
const NO_BREAK = '\u00a0'
