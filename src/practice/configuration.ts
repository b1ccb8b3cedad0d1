import type { JsonWebKey } from 'node:crypto'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { accounts, PASSWORD_ACR, scopes } from './accounts.ts'
import { showError, showLoggedOut, showLogout } from './pages.ts'
import { memoryStore } from './store.ts'

export interface PracticeClient {
  id: string
  secret: string
  redirectUri: string
}

const HOUR = 3600

/**
 * A provider as a careful team would run it: codes only, PKCE required, exact redirect URIs. Everything that the
 * library would otherwise do by a default is said here, since its defaults print notices.
 */
export function configuration(client: PracticeClient, signingKey: JsonWebKey, cookieKey: string): Configuration {
  return {
    adapter: memoryStore,
    jwks: { keys: [signingKey] },
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    // The library lets a client that is registered for either of the two use both.
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    responseTypes: ['code'],
    scopes: Object.keys(scopes),
    claims: Object.fromEntries(
      Object.entries(scopes).flatMap(([scope, { claims }]) => (claims.length > 0 ? [[scope, [...claims]]] : [])),
    ),
    acrValues: [PASSWORD_ACR],
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
    clockTolerance: 0,
    ttl: {
      AuthorizationCode: 60,
      AccessToken: HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: 24 * HOUR,
      Grant: 24 * HOUR,
      RefreshToken: 24 * HOUR,
    },
    cookies: {
      names: { session: 'practice_session', interaction: 'practice_interaction', resume: 'practice_resume' },
      keys: [cookieKey],
    },
    routes: {
      authorization: '/authorize',
      token: '/token',
      userinfo: '/userinfo',
      jwks: '/jwks',
      introspection: '/introspect',
      revocation: '/revoke',
      end_session: '/logout',
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    features: features(),
    renderError: showError,
    clientBasedCORS: () => false,
    findAccount,
  }
}

function features(): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    resourceIndicators: { enabled: false },
    userinfo: { enabled: true },
    introspection: { enabled: true, allowedPolicy: ownTokens },
    revocation: { enabled: true, allowedPolicy: ownTokens },
    rpInitiatedLogout: { enabled: true, logoutSource: showLogout, postLogoutSuccessSource: showLoggedOut },
  }
}

function ownTokens(_ctx: KoaContextWithOIDC, client: { clientId: string }, token: { clientId?: string | undefined }) {
  return token.clientId === client.clientId
}

function findAccount(_ctx: unknown, id: string) {
  const account = accounts.find((candidate) => candidate.id === id)
  return account && { accountId: id, claims: () => ({ sub: id, ...account.claims }) }
}
