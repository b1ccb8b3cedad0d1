import type { StepNumber } from '../events.ts'
import type { PageOptions } from './page.ts'

type Received = 'code' | 'error'
type Verdict = 'passed' | 'stopped' | undefined

/**
 * What the person sees in the browser once the authorization response is there. All of it is fixed text: no token, code
 * or secret, and nothing that came from outside.
 */
export function receiptPage(received: Received, verdict: Verdict): Pick<PageOptions, 'title' | 'body' | 'step'> {
  const step = verdict === 'passed' ? 7 : 4
  const token = received === 'code' ? [NO_TOKEN] : []
  const { title, says, note } = verdict === undefined ? { ...UNDECIDED, says: ARRIVED[received] } : VERDICTS[verdict]
  const body = [...says, flow(step, verdict), ...token, `<p class="note">Look at the terminal: ${note}</p>`]
  return { title, step, body: body.join('\n') }
}

const UNDECIDED = {
  title: 'The authorization response is here',
  note: 'the walk goes on there. Once it has an end, this page says which.',
}

const VERDICTS = {
  passed: {
    title: 'The walk is complete',
    says: ['<p class="lede">Every check that could stop it has passed, and the client has its tokens.</p>'],
    note: 'it shows them, and who saw what. This tab has done its work.',
  },
  stopped: {
    title: 'The walk was stopped',
    says: ['<p class="alert">It ended before its last step.</p>'],
    note: 'it says why, and what to try. This tab has done its work.',
  },
} as const

const ARRIVED = {
  code: [
    `<p class="lede">The authorization server gave your browser a code, and your browser brought it here. It has left the
address bar already.</p>`,
    `<h2>What is it worth to a thief?</h2>
<p>Little, by itself. It works once and for a short time, and whoever redeems it has to prove to be the client: with
<code>client_secret</code>, and with the <code>code_verifier</code> that never was in a browser. A client that has
neither of them has to fear for every code.</p>`,
  ],
  error: [
    `<p class="lede">The authorization server gave your browser an error for the client instead of a code, and your browser
brought it here. The client explains it.</p>`,
    `<h2>What is it worth to a thief?</h2>
<p>Nothing: there is no token to be had for it.</p>`,
  ],
} as const

const NO_TOKEN = `<h2>Where is the token?</h2>
<p>Not here, and it never will be. What passes through a browser can stay in its history, in an extension or in a log on
the way. So the client takes the code to the authorization server over the back channel, where no browser is listening,
and gets the tokens there.</p>`

const STEPS: readonly { step: StepNumber; name: string; back?: true }[] = [
  { step: 1, name: 'Authorization request' },
  { step: 2, name: 'Log in and consent' },
  { step: 3, name: 'Authorization code issued' },
  { step: 4, name: 'Authorization response' },
  { step: 5, name: 'Token request', back: true },
  { step: 6, name: 'Token response', back: true },
  { step: 7, name: 'Tokens used', back: true },
]

function flow(current: StepNumber, verdict: Verdict): string {
  const items = STEPS.map(({ step, name, back }) => {
    const here = step === current && verdict === undefined
    const channel = back ? 'client and server alone' : 'through the browser'
    return `<li${here ? ' aria-current="step"' : ''}>${name} <span>${here ? 'you are here' : channel}</span></li>`
  })
  return `<h2>The whole walk</h2>\n<ol class="steps">${items.join('')}</ol>`
}
