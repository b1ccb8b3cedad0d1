import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** The built program. */
export const program = fileURLToPath(new URL('../../bin/authwalk.js', import.meta.url))

/** Rounds of `growth`, after those in which the compiler of Node still changes its mind. */
const WARM_UP = 5
const ROUNDS = 11

/** A shell's environment, less everything of the person who measures. */
export const cleanEnv = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), LANG: 'C.UTF-8', TZ: 'UTC' }

const tellPeak = new URL('tell-peak.mjs', import.meta.url).href

/**
 * @param {readonly string[]} args for Node
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} milliseconds from the start of the child to its end
 */
export async function wall(args, env = {}) {
  const began = performance.now()
  await child(args, env)
  return performance.now() - began
}

/**
 * @param {readonly string[]} args for Node
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} peak memory in kB
 */
export async function peak(args, env = {}) {
  return Number(await child(['--import', tellPeak, ...args], env))
}

/**
 * Runs Node to its end.
 * @param {readonly string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<string>} what came through descriptor 3
 */
async function child(args, env) {
  const running = spawn(process.execPath, args, {
    cwd: tmpdir(),
    env: { ...cleanEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  running.stdout?.resume()
  const told = ['', '']
  for (const [at, descriptor] of [2, 3].entries()) {
    running.stdio[descriptor]?.on('data', (/** @type {Buffer} */ chunk) => void (told[at] += chunk.toString()))
  }
  /** @type {number | null} */
  const exit = await new Promise((resolve, reject) => running.once('error', reject).once('close', resolve))
  if (exit !== 0) throw new Error(`exit ${exit}: ${args.join(' ')}\n${told[0]}`)
  return told[1] ?? ''
}

/**
 * The ratio of two medians. The two take turns, so that a busy machine is busy for both.
 * @param {() => Promise<number>} a
 * @param {() => Promise<number>} b
 * @param {number} rounds
 */
export async function versus(a, b, rounds) {
  await a()
  await b()
  const as = []
  const bs = []
  for (let round = 0; round < rounds; round += 1) {
    as.push(await a())
    bs.push(await b())
  }
  return { a: median(as), b: median(bs), ratio: median(as) / median(bs) }
}

/**
 * @param {() => unknown} work
 * @param {number} times
 * @returns {Promise<number>} milliseconds for one
 */
export async function each(work, times) {
  const began = performance.now()
  for (let time = 0; time < times; time += 1) await work()
  return (performance.now() - began) / times
}

/**
 * The powers with which time, and the memory that the result holds, grow with size: 1 is linear, 2 quadratic.
 * @param {readonly number[]} sizes
 * @param {(size: number) => Promise<() => unknown>} prepare
 */
export async function growth(sizes, prepare) {
  const subjects = []
  for (const size of sizes) {
    /** @type {{ milliseconds: number[], bytes: number[] }} */
    const samples = { milliseconds: [], bytes: [] }
    subjects.push({ size, work: await prepare(size), samples })
  }
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const { work, samples } of subjects) {
      const { milliseconds, bytes } = await sample(work)
      if (round < WARM_UP) continue
      samples.milliseconds.push(milliseconds)
      samples.bytes.push(bytes)
    }
  }
  return {
    time: power(subjects.map(({ size, samples }) => [size, median(samples.milliseconds)])),
    memory: power(subjects.map(({ size, samples }) => [size, median(samples.bytes)])),
  }
}

setFlagsFromString('--expose-gc')
/** @type {() => void} */
const collectGarbage = runInNewContext('gc')

/** Bytes that come and go by themselves. */
const NOISE = 64 * 1024

/** @param {unknown} result */
async function dispose(result) {
  if (typeof result !== 'object' || result === null || !(Symbol.asyncDispose in result)) return
  const { [Symbol.asyncDispose]: end } = result
  if (typeof end === 'function') await end.call(result)
}

/** @param {() => unknown} work */
async function sample(work) {
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  const began = performance.now()
  const held = [await work()]
  const milliseconds = performance.now() - began
  collectGarbage()
  const bytes = Math.max(NOISE, process.memoryUsage().heapUsed - before)
  await dispose(held.pop())
  return { milliseconds, bytes }
}

/**
 * Least squares over logarithms.
 * @param {readonly (readonly [number, number])[]} measured
 */
function power(measured) {
  const points = measured.map(([size, value]) => ({ x: Math.log(size), y: Math.log(value) }))
  const x = mean(points.map((point) => point.x))
  const y = mean(points.map((point) => point.y))
  const over = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0)
  return over / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** @param {readonly number[]} numbers */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [upper = Number.NaN, lower = Number.NaN] = [sorted[middle], sorted[middle - 1]]
  return sorted.length % 2 === 1 ? upper : (lower + upper) / 2
}

/** @param {readonly number[]} numbers */
function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
