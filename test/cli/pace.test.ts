import { describe, expect, test } from 'vitest'
import type { Edits, StepEvent, StepNumber, WalkEvent } from '../../src/events.ts'
import type { Edited } from '../../src/cli/edit.ts'
import { pacedReader, type Screen } from '../../src/cli/pace.ts'

const step = (number: StepNumber): StepEvent => ({
  type: 'step', step: number, title: `step ${number}`, channel: 'front', from: 'client', to: 'browser', says: '', why: '', read: [],
})
const request = (name: string, ...names: string[]): WalkEvent => ({
  type: 'request', name, to: 'authorization server', method: 'POST', url: 'http://127.0.0.1/', headers: [], parameters: names.map((name) => ({ name, value: '1' })),
})
const response = (name: string): WalkEvent => ({
  type: 'response', name, from: 'authorization server', status: 200, reason: 'OK', headers: [], body: '{}', milliseconds: 1, bytes: 2,
})
const navigate: WalkEvent = { type: 'navigate', endpoint: 'http://127.0.0.1/', parameters: [{ name: 'scope', value: 'openid' }] }
const stranger: WalkEvent = { type: 'redirect', method: 'GET', path: '/', parameters: [], accepted: false, reason: 'no', at: 1, by: 'listener' }
const arrival: WalkEvent = { type: 'redirect', method: 'GET', path: '/callback', parameters: [], accepted: true, at: 2, by: 'listener' }
const check: WalkEvent = { type: 'check', id: 'id-token-aud', title: '', status: 'pass', expected: '', actual: '', why: '', section: '', level: 'MUST' }

const beforeTheBrowser = [step(0), request('metadata request'), response('metadata response'), step(1), request('resource request'), response('resource response'), navigate]
const whileItIsOpen = [step(2), stranger]
const withTheCode = [step(3), step(4), arrival, step(5), request('token request', 'code', 'code_verifier'), response('token response'), step(6), check]
const withTheTokens = [step(7), request('UserInfo request'), response('UserInfo response')]

/** Writes down what happens, in order; a rest lasts until `go` is called. */
function screenOf(answers: (Edited | undefined)[] = []) {
  const log: string[] = []
  const resting: (() => void)[] = []
  const nameOf = (event: WalkEvent) => (event.type === 'step' ? event.title : 'name' in event ? event.name : event.type)
  const screen: Screen = {
    show: (event) => void log.push(`show ${nameOf(event)}`),
    rest(next) {
      log.push(`rest ${nameOf(next)}`)
      return new Promise((resolve) => resting.push(() => resolve(answers.shift())))
    },
    wait(arrived) {
      log.push('wait')
      return { end: async () => void log.push(`waited for ${arrived.length}`) }
    },
  }
  const go = () => resting.splice(0).forEach((resume) => resume())
  return { screen, log, go }
}

/** True where the reader let go of the event without anybody pressing a key. */
async function isLetGo(shown: unknown): Promise<boolean> {
  const late = new Promise((resolve) => setImmediate(() => resolve('late')))
  return (await Promise.race([shown, late])) !== 'late'
}

/** Shows events and presses Enter whenever that is needed. */
async function showAll(reader: ReturnType<typeof pacedReader>, events: readonly WalkEvent[], go: () => void): Promise<(Edits | undefined)[]> {
  const answers: (Edits | undefined)[] = []
  for (const event of events) {
    const shown = Promise.resolve(reader.show(event))
    while (!(await isLetGo(shown))) go()
    answers.push((await shown) ?? undefined)
  }
  return answers
}

describe('the pace of a terminal', () => {
  test('the flow is never held from the moment the browser is open until the tokens are judged', async () => {
    const { screen, log, go } = screenOf()
    const reader = pacedReader(screen, 'tokens')
    await showAll(reader, beforeTheBrowser, go)
    const before = log.length
    for (const event of [...whileItIsOpen, ...withTheCode]) expect(await isLetGo(reader.show(event))).toBe(true)
    expect(log.slice(before)).toEqual(['show step 2', 'wait', 'waited for 2'])
  })

  test('what was held back is read step by step, before the tokens are used', async () => {
    const { screen, log, go } = screenOf()
    const reader = pacedReader(screen, 'tokens')
    await showAll(reader, [...beforeTheBrowser, ...whileItIsOpen, ...withTheCode, ...withTheTokens], go)
    expect(log.slice(log.indexOf('wait'))).toEqual([
      'wait', 'waited for 2', 'show redirect',
      'rest step 3', 'show step 3',
      'rest step 4', 'show step 4', 'show redirect',
      'rest step 5', 'show step 5', 'show token request', 'show token response',
      'rest step 6', 'show step 6', 'show check',
      'rest step 7', 'show step 7',
      'show UserInfo request', 'rest UserInfo request', 'show UserInfo response',
    ])
  })

  test('before the browser opens each step and each message that goes out has its rest', async () => {
    const { screen, log, go } = screenOf()
    await showAll(pacedReader(screen, 'tokens'), beforeTheBrowser, go)
    expect(log).toEqual([
      'show step 0', 'show metadata request', 'show metadata response',
      'rest step 1', 'show step 1', 'show resource request', 'rest resource request', 'show resource response',
      'show navigate', 'rest navigate',
    ])
  })

  test('a walk that fails with the code shows what it held back', async () => {
    const { screen, log, go } = screenOf()
    const reader = pacedReader(screen, 'tokens')
    await showAll(reader, [...beforeTheBrowser, ...whileItIsOpen, ...withTheCode.slice(0, 3)], go)
    const finished = reader.finish(false)
    while (!(await isLetGo(finished))) go()
    expect(log.slice(log.indexOf('waited for 2'))).toEqual(['waited for 2', 'show redirect', 'rest step 3', 'show step 3', 'rest step 4', 'show step 4', 'show redirect'])
  })

  test('a walk that is left shows nothing more, and takes the waiting screen away', async () => {
    const { screen, log, go } = screenOf()
    const reader = pacedReader(screen, 'tokens')
    await showAll(reader, [...beforeTheBrowser, ...whileItIsOpen], go)
    await reader.finish(true)
    expect(log.slice(log.indexOf('wait'))).toEqual(['wait', 'waited for 1'])
  })
})

describe('edits', () => {
  test('the message in view is answered with them', async () => {
    const { screen, go } = screenOf([undefined, undefined, { message: 'this', edits: { scope: null } }])
    const answers = await showAll(pacedReader(screen, 'tokens'), beforeTheBrowser, go)
    expect(answers.at(-1)).toEqual({ scope: null })
  })

  test('those of the token request wait for it, add up, and are given once', async () => {
    const ahead = (edits: Edits): Edited => ({ message: 'token request', edits })
    const { screen, log, go } = screenOf([undefined, undefined, ahead({ code: 'x' }), ahead({ code_verifier: null })])
    const reader = pacedReader(screen, 'tokens')
    expect((await showAll(reader, beforeTheBrowser, go)).at(-1)).toBeUndefined()
    expect(log.filter((line) => line === 'rest navigate')).toHaveLength(3)
    await showAll(reader, [...whileItIsOpen, ...withTheCode.slice(0, 4)], go)
    expect(await reader.show(request('token request', 'code', 'code_verifier'))).toEqual({ code: 'x', code_verifier: null })
    expect(await reader.show(request('token request', 'code'))).toBeUndefined()
    await showAll(reader, [response('token response'), step(6), ...withTheTokens], go)
    expect(log.filter((line) => line === 'show token request')).toHaveLength(1)
  })
})
