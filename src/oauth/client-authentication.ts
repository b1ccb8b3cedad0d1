import type { Parameter } from '../events.ts'

export interface Credentials {
  id: string
  secret?: string
}

/** How a client proves who it is at the token endpoint, RFC 6749 2.3. */
export interface ClientAuthenticationMethod {
  says: string
  read: string
  needsSecret: boolean
  /** The registered name of the method that it is a spelling of: no metadata lists the spelling. */
  registeredAs?: string
  apply(client: Credentials): { headers: Parameter[]; parameters: Parameter[] }
}

/** By their names in `token_endpoint_auth_methods_supported`, the preferred first. */
export const clientAuthenticationMethods: Readonly<Record<string, ClientAuthenticationMethod>> = {
  client_secret_basic: {
    says: 'client_id and client_secret, form-encoded, in an HTTP Basic header',
    read: 'RFC 6749 2.3.1',
    needsSecret: true,
    apply: (client) => ({ headers: [basic(formEncode(client.id), formEncode(client.secret ?? ''))], parameters: [] }),
  },
  client_secret_post: {
    says: 'client_id and client_secret as parameters of the body',
    read: 'RFC 6749 2.3.1',
    needsSecret: true,
    apply: ({ id, secret = '' }) => ({
      headers: [],
      parameters: [{ name: 'client_id', value: id }, { name: 'client_secret', value: secret }],
    }),
  },
  client_secret_basic_raw: {
    says: 'the same header with both as they are, for servers that decode nothing',
    read: 'RFC 6749 2.3.1',
    needsSecret: true,
    registeredAs: 'client_secret_basic',
    apply: ({ id, secret = '' }) => ({ headers: [basic(id, secret)], parameters: [] }),
  },
  none: {
    says: 'no client authentication: a public client that only names itself',
    read: 'RFC 6749 3.2.1',
    needsSecret: false,
    apply: ({ id }) => ({ headers: [], parameters: [{ name: 'client_id', value: id }] }),
  },
}

/** The method that was asked for, else the first of ours that the server supports. */
export function chooseMethod(client: Credentials & { authMethod?: string }, supported: readonly string[] | undefined): string {
  if (client.authMethod) return client.authMethod
  if (client.secret === undefined) return 'none'
  const usable = Object.entries(clientAuthenticationMethods).filter(([, method]) => method.needsSecret).map(([name]) => name)
  return usable.find((name) => supported?.includes(name)) ?? 'client_secret_basic'
}

/** The name under which a server registers and lists a method. */
export function registeredName(method: string): string {
  return clientAuthenticationMethods[method]?.registeredAs ?? method
}

/** application/x-www-form-urlencoded, RFC 6749 Appendix B. */
export function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

function basic(id: string, secret: string): Parameter {
  return { name: 'authorization', value: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }
}
