import { Chalk } from 'chalk'

export type Style = (text: string) => string

/**
 * Two colours, and both mean the same everywhere. `exposed` is what others can read or what went wrong: the front
 * channel, a failed check. `sheltered` is what stays between client and server or went well.
 */
export interface Palette {
  exposed: Style
  sheltered: Style
  dim: Style
  /** For a step's title and for what the person must do next. */
  bold: Style
}

export function paletteOf(colour: boolean): Palette {
  const chalk = new Chalk({ level: colour ? 1 : 0 })
  return {
    exposed: (text) => chalk.magenta(text),
    sheltered: (text) => chalk.cyan(text),
    dim: (text) => chalk.dim(text),
    bold: (text) => chalk.bold(text),
  }
}
