import type { Edits, NavigateEvent, Parameter, RequestEvent } from '../events.ts'
import { type Questions, questionsOn } from './questions.ts'
import type { World } from './world.ts'

/** Changes to the message in view, or to the token request, which goes out without a pause. */
export interface Edited {
  message: 'this' | 'token request'
  edits: Edits
}

interface Target {
  message: Edited['message']
  /** Absent: one that is added. */
  name?: string
  value: string
  says: string
}

/** What the token request carries, RFC 6749 4.1.3 and RFC 7636 4.5: it has not been made when it is edited. */
const TOKEN_REQUEST = ['grant_type', 'code', 'redirect_uri', 'code_verifier']

/**
 * Lets the person change, drop or add one parameter. Undefined where they go back, or leave the value as it was.
 * @throws Cancelled
 */
export async function editOf(world: World, event: NavigateEvent | RequestEvent): Promise<Edited | undefined> {
  const questions = questionsOn(world)
  const targets = targetsOf(event)
  const chosen = await questions.select('Which parameter?', [
    ...targets.map(({ name = 'another one', says }, index) => ({ value: String(index), name, says })),
    { value: 'back', name: 'back', says: 'nothing is changed' },
  ], { clear: true })
  const target = targets[Number(chosen)]
  if (!target) return undefined
  const name = target.name ?? await questions.text('Its name:', { clear: true })
  if (name === '') return undefined
  const edits = await change(questions, { name, value: target.value })
  return edits && { message: target.message, edits }
}

function targetsOf({ type, parameters }: NavigateEvent | RequestEvent): Target[] {
  const now = parameters.map(({ name, value }): Target => ({ message: 'this', name, value, says: value }))
  const says = 'of the token request, step 5'
  const ahead = TOKEN_REQUEST.map((name): Target => ({ message: 'token request', name, value: '', says }))
  return [...now, { message: 'this', value: '', says: 'to be added' }, ...(type === 'navigate' ? ahead : [])]
}

async function change(questions: Questions, { name, value }: Parameter): Promise<Edits | undefined> {
  const how = await questions.select(`${name}:`, [
    { value: 'change', name: 'give it another value' },
    { value: 'drop', name: 'leave it out' },
    { value: 'back', name: 'back', says: 'nothing is changed' },
  ], { clear: true })
  if (how === 'back') return undefined
  if (how === 'drop') return { [name]: null }
  const other = await questions.text(`${name}:`, { start: value, clear: true })
  return other === value ? undefined : { [name]: other }
}
