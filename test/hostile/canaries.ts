import { randomBytes } from 'node:crypto'

/** Values that exist in one walk alone, so that whoever has one of them has it from there. */
export interface Canaries {
  secret: string
  password: string
  code: string
  accessToken: string
  refreshToken: string
}

/** @param dress what an access token looks like around the part by which it is known */
export function createCanaries(dress = (core: string) => `at.${core}`): Canaries {
  return {
    // Characters that every encoding writes in another way, as in a secret that a person chose.
    secret: `s:%+é"${mark()} &=`,
    password: `pass-${mark()}`,
    code: `code-${mark()}`,
    accessToken: dress(mark()),
    refreshToken: `rt.${mark()}`,
  }
}

/** The part of a canary that no encoding of characters changes. */
export function coreOf(canary: string): string {
  return /[A-Za-z0-9_-]{20,}/.exec(canary)?.[0] ?? canary
}

/** The spellings under which a value could have got out: as it is, base64 at each alignment, hex, and backwards. */
export function spellingsOf(canary: string): string[] {
  const core = coreOf(canary)
  const bytes = Buffer.from(core)
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64url')
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
  })
  const classic = base64.map((text) => text.replaceAll('-', '+').replaceAll('_', '/'))
  return [core, ...base64, ...classic, bytes.toString('hex'), Array.from(core).toReversed().join('')]
}

/** Case-insensitive for hex alone would be enough; for all of them it only finds more. */
export function holds(text: string, canary: string): boolean {
  const lower = text.toLowerCase()
  return canary !== '' && spellingsOf(canary).some((spelling) => lower.includes(spelling.toLowerCase()))
}

function mark(): string {
  return randomBytes(15).toString('hex')
}
