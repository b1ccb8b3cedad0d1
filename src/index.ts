/**
 * The flow without the terminal: for a test of your own, or a program that wants to see every message and every check.
 *
 * @example
 * const settings = { server: { issuer, endpoints: {} }, client: { id, secret }, redirectUri, scope: 'openid', pkce: 'S256',
 *   parameters: [], tokenParameters: [], clockSkew: 300 }
 * for await (const event of authorizationCodeFlow(settings, createOutside({ signal, timeout: 10, wait: 300, browser }))) {
 *   if (event.type === 'check') console.log(event.id, event.status)
 * }
 */
export { checks } from './checks/index.ts'
export * from './errors.ts'
export type * from './events.ts'
export { authorizationCodeFlow, type Learned } from './flow.ts'
export { createOutside, type OutsideOptions } from './io/outside.ts'
export type * from './outside.ts'
export { createRedactor, type Redactor, type Reveal } from './redact.ts'
export type { Server, Settings } from './settings.ts'
export { type Ended, type Reader, walk } from './walk.ts'
