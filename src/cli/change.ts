import type { Parameter } from '../events.ts'
import { clientAuthenticationMethods } from '../oauth/client-authentication.ts'
import type { Questions } from './questions.ts'
import type { Plan } from './settings.ts'
import * as take from './values.ts'

/** One setting that another walk may have different. */
interface Change {
  name: string
  says: string
  current(plan: Plan): string
  /** Throws UsageError where the text will not do. */
  apply(plan: Plan, text: string): Plan
}

const CHANGES: readonly Change[] = [
  {
    name: 'scope',
    says: 'what is asked for',
    current: ({ scope }) => scope,
    apply: (plan, scope) => ({ ...plan, scope }),
  },
  requestParameter('prompt', 'none, login, consent, select_account'),
  requestParameter('login_hint', 'who is likely to log in'),
  requestParameter('max_age', 'seconds since the login, at most'),
  {
    name: 'PKCE',
    says: 'S256, plain, none',
    current: ({ pkce }) => pkce,
    apply: (plan, text) => ({ ...plan, pkce: take.choice('PKCE', ['S256', 'plain', 'none'])(text) }),
  },
  {
    name: 'client authentication',
    says: Object.keys(clientAuthenticationMethods).join(', '),
    current: ({ client }) => client.authMethod ?? '',
    apply: (plan, text) => {
      const authMethod = take.choice('client authentication', Object.keys(clientAuthenticationMethods))(text)
      return { ...plan, client: { ...plan.client, authMethod } }
    },
  },
  {
    name: 'client_id',
    says: 'who is asking',
    current: ({ client }) => client.id ?? '',
    apply: (plan, text) => {
      const id = take.nonEmpty('client_id', 'a value', 'abc')(text)
      return { ...plan, client: { ...plan.client, id } }
    },
  },
  {
    name: 'redirect_uri',
    says: 'where the answer may go',
    current: ({ redirectUri }) => redirectUri,
    apply: (plan, text) => ({ ...plan, redirectUri: take.redirectUri(text) }),
  },
]

type Asking = Pick<Questions, 'select' | 'text' | 'masked'>

/**
 * Asks for one other setting.
 * @returns undefined where the person goes back
 * @throws Cancelled
 */
export async function changed(plan: Plan, questions: Asking): Promise<Plan | undefined> {
  const chosen = await questions.select('What shall be different?', [
    ...CHANGES.map(({ name, says }) => ({ value: name, name, says })),
    { value: 'client_secret', name: 'client_secret', says: 'asked for behind a mask' },
    { value: 'back', name: 'back' },
  ], { clear: true })
  if (chosen === 'client_secret') {
    const secret = await questions.masked('client_secret:')
    return secret === '' ? undefined : { ...plan, client: { ...plan.client, secret } }
  }
  const change = CHANGES.find(({ name }) => name === chosen)
  if (!change) return undefined
  const text = await questions.text(`${change.name}:`, {
    start: change.current(plan),
    check: (typed) => change.apply(plan, typed),
  })
  return change.apply(plan, text)
}

function requestParameter(name: string, says: string): Change {
  return {
    name,
    says,
    current: ({ parameters }) => parameters.find((parameter) => parameter.name === name)?.value ?? '',
    apply: (plan, value) => ({ ...plan, parameters: withParameter(plan.parameters, { name, value }) }),
  }
}

/** An empty value leaves it out. */
function withParameter(parameters: readonly Parameter[], { name, value }: Parameter): Parameter[] {
  const others = parameters.filter((parameter) => parameter.name !== name)
  return value === '' ? others : [...others, { name, value }]
}
