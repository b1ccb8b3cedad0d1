import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

let begun: Promise<KeyObject> | undefined

/** Begins to make a key. It takes longer than everything else that a walk has to load, so it runs beside that. */
export function beginSigningKey(): void {
  begun = makeKey()
}

/** An RSA key of 2048 bits that nobody has had before. */
export function signingKey(): Promise<KeyObject> {
  const key = begun ?? makeKey()
  begun = undefined
  return key
}

async function makeKey(): Promise<KeyObject> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return privateKey
}
