import type { JsonObject } from '../events.ts'

export interface PracticeAccount {
  /** `sub`: an identifier that says nothing, as it should be. */
  id: string
  name: string
  password: string
  claims: JsonObject
  notes: readonly string[]
}

export const accounts: readonly PracticeAccount[] = [
  {
    id: 'user-7f3a',
    name: 'alice',
    password: 'wonderland',
    claims: {
      name: 'Alice Liddell',
      given_name: 'Alice',
      family_name: 'Liddell',
      preferred_username: 'alice',
      locale: 'en-GB',
      email: 'alice@example.com',
      email_verified: true,
      phone_number: '+44 1865 555010',
      phone_number_verified: false,
      address: { locality: 'Oxford', country: 'United Kingdom' },
    },
    notes: ['Ask the cat which way to go', 'Tea at six, as always', 'Return the white gloves'],
  },
  {
    id: 'user-c210',
    name: 'bob',
    password: 'builder',
    claims: {
      name: 'Bob Mason',
      given_name: 'Bob',
      family_name: 'Mason',
      preferred_username: 'bob',
      locale: 'en-US',
      email: 'bob@example.com',
      email_verified: true,
      phone_number: '+1 206 555 0143',
      phone_number_verified: false,
      address: { locality: 'Seattle', country: 'United States' },
    },
    notes: ['Order 400 bricks', 'Fix the gate before Friday'],
  },
]

interface Scope {
  /** What a client gets by it, in plain words. */
  gives: string
  claims: readonly string[]
}

/** Every scope that the practice provider knows, OpenID Connect Core 5.4 and 11, and one of its own. */
export const scopes: Readonly<Record<string, Scope>> = {
  openid: { gives: 'an identifier of you, so that it knows you when you come back', claims: ['sub'] },
  profile: {
    gives: 'your name and language',
    claims: ['name', 'given_name', 'family_name', 'preferred_username', 'locale'],
  },
  email: { gives: 'your e-mail address', claims: ['email', 'email_verified'] },
  phone: { gives: 'your phone number', claims: ['phone_number', 'phone_number_verified'] },
  address: { gives: 'where you live', claims: ['address'] },
  offline_access: { gives: 'a refresh token: access that goes on while you are away', claims: [] },
  notes: { gives: 'your notes, to read them', claims: [] },
}

/** How strongly a password authenticates, as `acr` says it here. */
export const PASSWORD_ACR = 'urn:authwalk:password'
