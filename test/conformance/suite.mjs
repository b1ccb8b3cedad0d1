import { setTimeout as sleep } from 'node:timers/promises'

/**
 * The part of the conformance suite's REST API that a relying party needs.
 * @typedef {{ testModule: string, variant?: Record<string, string> | null }} Prescribed a module of a plan
 * @typedef {{ status: string, result?: string }} Info
 * @typedef {ReturnType<typeof suiteAt>} Suite
 */

/** @param {string} base */
export function suiteAt(base) {
  /** @type {(method: 'GET' | 'POST', path: string, query?: Record<string, string>, body?: object) => Promise<unknown>} */
  async function call(method, path, query = {}, body) {
    const response = await fetch(new URL(`/api/${path}?${new URLSearchParams(query).toString()}`, base), {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} /api/${path}: ${response.status} ${await response.text()}`)
    return await response.json()
  }

  /** @type {(id: string) => Promise<Info>} */
  const info = async (id) => /** @type {Info} */ (await call('GET', `info/${id}`))

  return {
    /**
     * @param {string} planName
     * @param {Record<string, string>} variant
     * @param {object} configuration
     */
    async createPlan(planName, variant, configuration) {
      const plan = await call('POST', 'plan', { planName, variant: JSON.stringify(variant) }, configuration)
      return /** @type {{ id: string, modules: Prescribed[] }} */ (plan)
    },

    /**
     * @param {string} plan
     * @param {Prescribed} prescribed
     * @returns {Promise<string>} the id of the started module
     */
    async start(plan, { testModule, variant }) {
      const started = await call('POST', 'runner', { test: testModule, plan, ...(variant && { variant: JSON.stringify(variant) }) })
      return /** @type {{ id: string }} */ (started).id
    },

    /** What a started module says about itself. @param {string} id */
    async issuer(id) {
      const { exposed } = /** @type {{ exposed?: { issuer?: string } }} */ (await call('GET', `runner/${id}`))
      if (!exposed?.issuer) throw new Error(`module ${id} names no issuer`)
      return exposed.issuer
    },

    /**
     * Waits until a module is in one of these states, or will never be.
     * @param {string} id
     * @param {string[]} states
     */
    async reaches(id, states, seconds = 60) {
      const end = Date.now() + seconds * 1000
      for (;;) {
        const now = await info(id)
        if ([...states, 'FINISHED', 'INTERRUPTED'].includes(now.status) || Date.now() > end) return now
        await sleep(200)
      }
    },

    /** What the suite did not like, a line each. @param {string} id */
    async complaints(id) {
      const log = /** @type {{ src?: string, msg?: string, result?: string }[]} */ (await call('GET', `log/${id}`))
      const complaints = log.filter(({ result = '' }) => ['FAILURE', 'WARNING', 'INTERRUPTED'].includes(result))
      return complaints.map(({ src = '', msg = '', result = '' }) => `${result} ${src}: ${msg}`)
    },
  }
}
