import { describe, expect, test } from 'vitest'
import { createArrivals } from '../../src/io/arrivals.ts'
import type { Arrival } from '../../src/outside.ts'

const never = new AbortController().signal

function stranger(at: number, more: Partial<Arrival> = {}): Arrival {
  return { method: 'GET', path: '/x', parameters: [], accepted: false, reason: 'no', at, by: 'listener', ...more }
}

function create(wait = 30) {
  return createArrivals({ wait, signal: never, timedOut: (strangers) => new Error(`${strangers} came`) })
}

describe('arrivals', () => {
  test('come in their order, whether somebody waits or not', async () => {
    const arrivals = create()
    const first = arrivals.next()
    arrivals.push(stranger(1))
    arrivals.push(stranger(2, { accepted: true }))
    expect((await first).at).toBe(1)
    expect((await arrivals.next()).at).toBe(2)
  })

  test('L-14: after a hundred strangers only one in five seconds is told, with the number of the others', async () => {
    const arrivals = create()
    for (let at = 0; at < 1000; at += 1) arrivals.push(stranger(at))
    arrivals.push(stranger(7000))
    arrivals.push(stranger(7001, { accepted: true }))
    for (let at = 0; at < 100; at += 1) expect(await arrivals.next()).toEqual(stranger(at))
    expect(await arrivals.next()).toEqual(stranger(7000, { reason: 'no (and 900 more before it that are not listed)' }))
    expect((await arrivals.next()).accepted).toBe(true)
  })

  test('what is pasted is always answered', async () => {
    const arrivals = create()
    for (let at = 0; at < 500; at += 1) arrivals.push(stranger(at))
    arrivals.push(stranger(501, { by: 'paste' }))
    for (let at = 0; at < 100; at += 1) await arrivals.next()
    expect((await arrivals.next()).by).toBe('paste')
  })

  test('strangers do not delay the deadline, and all of them are counted', async () => {
    const arrivals = create(0.05)
    for (let at = 0; at < 300; at += 1) arrivals.push(stranger(at))
    await arrivals.next()
    await new Promise((resolve) => setTimeout(resolve, 100))
    await expect(arrivals.next()).rejects.toThrow('300 came')
  })

  test('a response that came in time is not too late to be taken', async () => {
    const arrivals = create(0.05)
    arrivals.push(stranger(1))
    arrivals.push(stranger(2))
    arrivals.push(stranger(3, { accepted: true }))
    await arrivals.next()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await arrivals.next()).at).toBe(2)
    expect((await arrivals.next()).accepted).toBe(true)
  })

  test('a failure comes after what came before it', async () => {
    const arrivals = create()
    arrivals.push(stranger(1))
    arrivals.fail(new Error('first'))
    arrivals.fail(new Error('second'))
    expect((await arrivals.next()).at).toBe(1)
    await expect(arrivals.next()).rejects.toThrow('first')
  })
})
