import type { Adapter, AdapterPayload } from 'oidc-provider'

/**
 * Keeps what one kind of model needs for one run, in memory. Expiry is judged by the library when it reads.
 * It is what the library calls an adapter factory.
 */
export function memoryStore(): Adapter {
  const entries = new Map<string, AdapterPayload>()
  const findBy = (fits: (payload: AdapterPayload) => boolean) => [...entries.values()].find(fits)
  return {
    async upsert(id, payload) {
      entries.set(id, payload)
    },
    async find(id) {
      return entries.get(id)
    },
    async findByUid(uid) {
      return findBy((payload) => payload.uid === uid)
    },
    async findByUserCode(userCode) {
      return findBy((payload) => payload.userCode === userCode)
    },
    async consume(id) {
      const payload = entries.get(id)
      if (payload) payload.consumed = Math.floor(Date.now() / 1000)
    },
    async destroy(id) {
      entries.delete(id)
    },
    async revokeByGrantId(grantId) {
      for (const [id, payload] of entries) if (payload.grantId === grantId) entries.delete(id)
    },
  }
}
