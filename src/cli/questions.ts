import { createPromptModule } from 'inquirer'
import { WalkError } from '../errors.ts'
import { shorten } from '../render/layout.ts'
import { lookOf } from '../render/look.ts'
import { type Pen, penOf } from '../render/pen.ts'
import { prompted } from './prompting.ts'
import type { World } from './world.ts'

export interface Choice<Value> {
  value: Value
  name: string
  /** Beside the name, dimmed. */
  says?: string
}

interface Clearing {
  /** Leaves nothing of question and answer on the screen. */
  clear?: boolean
}

interface TextOptions extends Clearing {
  /** Stands in the line and can be edited. */
  start?: string
  /** Throws a WalkError where the text will not do: its first line is shown and the person may try again. */
  check?: (text: string) => unknown
}

/** inquirer's questions in this program's look. */
export interface Questions {
  pen: Pen
  select<Value extends string>(message: string, choices: readonly Choice<Value>[], options?: Clearing): Promise<Value>
  text(message: string, options?: TextOptions): Promise<string>
  /** What is typed is never shown. */
  masked(message: string): Promise<string>
}

export function questionsOn(world: World): Questions {
  const look = lookOf(world.stdout, world.env)
  const pen = penOf(look)
  const theme = themeOf(pen, look.unicode ? '❯' : '>')
  const shown = { theme, name: 'answer' as const }
  return {
    pen,
    async select(message, choices, { clear = false } = {}) {
      const list = { choices: linesOf(choices, pen), loop: false, pageSize: 14 }
      const question = { ...shown, ...list, type: 'select' as const, message: `\n ${message}` }
      const { answer } = await prompted(world, (context) => createPromptModule(context)([question]), { clear })
      return answer
    },
    async text(message, { start = '', check, clear = false } = {}) {
      const line = { default: start, prefill: 'editable' as const, validate: verdictOf(check) }
      const question = { ...shown, ...line, type: 'input' as const, message }
      const typed: { answer: string } = await prompted(world, (context) => createPromptModule(context)([question]), { clear })
      return typed.answer.trim()
    },
    async masked(message) {
      const question = { ...shown, type: 'password' as const, message, mask: '*', toggleMask: false }
      const { answer } = await prompted(world, (context) => createPromptModule(context)([question]), { clear: false })
      return answer
    },
  }
}

/** Columns of a choice that are neither its name nor what is said of it. */
const MARGIN = 6

/** Names in one column, what is said of them in the next. All of it may come from outside. */
function linesOf<Value>(choices: readonly Choice<Value>[], pen: Pen): { value: Value; name: string; short: string }[] {
  const width = Math.max(...choices.map(({ name }) => name.length))
  return choices.map(({ value, name, says }) => {
    const short = pen.prose(name)
    const beside = says && shorten(pen.prose(says), pen.width - width - MARGIN, pen.glyph.ellipsis)
    return { value, short, name: beside ? `${short.padEnd(width)}   ${pen.dim(beside)}` : short }
  })
}

function verdictOf(check: TextOptions['check']) {
  return (text: string): true | string => {
    try {
      check?.(text.trim())
      return true
    } catch (error) {
      if (error instanceof WalkError) return error.explanation.happened
      throw error
    }
  }
}

/** inquirer's own theme has colours where NO_COLOR was set, and glyphs where there is ASCII alone. */
function themeOf(pen: Pen, cursor: string) {
  return {
    prefix: '',
    icon: { cursor },
    spinner: { interval: 80, frames: [''] },
    style: {
      message: pen.bold,
      answer: pen.sheltered,
      highlight: pen.sheltered,
      error: (text: string) => ` ${pen.exposed(`${pen.glyph.fail} ${pen.prose(text)}`)}`,
      help: pen.dim,
      description: pen.dim,
      defaultAnswer: pen.dim,
      keysHelpTip: () => undefined,
    },
  }
}
