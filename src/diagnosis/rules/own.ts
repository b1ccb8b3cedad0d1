import type { Place, Rule, Subject } from '../rule.ts'

type Words = Pick<Rule, 'means' | 'causes' | 'fix'> & Partial<Pick<Rule, 'only' | 'read'>>

/** Messages of one provider, in fewer words. `says` is the id itself where it is left out. */
export function messagesOf(provider: string) {
  return (at: Place, about: Subject, id: string, words: Words & { says?: RegExp }): Rule => ({
    says: new RegExp(`\\b${id}\\b`),
    ...words,
    id,
    at,
    provider,
    about,
  })
}
