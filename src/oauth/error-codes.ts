/** What the registered error codes mean, at the endpoint where they occur. */
export interface ErrorCode {
  means: string
  tries: readonly string[]
  read: string
}

/** RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6 and their extensions. */
export const authorizationErrors: Readonly<Record<string, ErrorCode>> = {
  invalid_request: code('A parameter is missing, wrong, or there twice.', 'RFC 6749 4.1.2.1', 'Read the description; compare the parameters of step 1 with the provider’s documentation.'),
  unauthorized_client: code('This client may not ask for a code.', 'RFC 6749 4.1.2.1', 'Allow the Authorization Code grant in the client’s registration.'),
  access_denied: code('The person, or a rule of the server, said no.', 'RFC 6749 4.1.2.1', 'Log in again and agree.', 'Look whether this user may use this client at all.'),
  unsupported_response_type: code('This server, or this client there, has no response_type=code.', 'RFC 6749 4.1.2.1', 'Allow the code flow in the client’s registration.'),
  invalid_scope: code('A scope is unknown, malformed, or not allowed for this client.', 'RFC 6749 4.1.2.1', 'Walk with --scope openid alone, then add one at a time.'),
  server_error: code('The server failed and could only say so by a redirect.', 'RFC 6749 4.1.2.1', 'Try again; its own log knows more than the client is told.'),
  temporarily_unavailable: code('The server is overloaded or in maintenance.', 'RFC 6749 4.1.2.1', 'Try again later.'),
  interaction_required: code('prompt=none was sent, and somebody would have to be asked something.', 'OpenID Connect Core 3.1.2.6', 'Walk without prompt=none.'),
  login_required: code('prompt=none was sent, and nobody is logged in there.', 'OpenID Connect Core 3.1.2.6', 'Walk without prompt=none.', 'client_id and redirect_uri are right, or this answer could not have come.'),
  account_selection_required: code('prompt=none was sent, and there is more than one session to choose from.', 'OpenID Connect Core 3.1.2.6', 'Send --login-hint, or walk without prompt=none.'),
  consent_required: code('prompt=none was sent, and the person has not agreed yet.', 'OpenID Connect Core 3.1.2.6', 'Walk once without prompt=none.'),
  invalid_target: code('The resource named with the resource parameter is unknown or not allowed.', 'RFC 8707 2', 'Compare the resource parameter with the API’s registration.'),
  unmet_authentication_requirements: code('The login could not be as strong as acr_values asked.', 'OpenID Connect Core Unmet Authentication Requirements 1.0', 'Ask for another acr, or use a stronger way to log in.'),
}

/** RFC 6749 5.2 and its extensions. */
export const tokenErrors: Readonly<Record<string, ErrorCode>> = {
  invalid_request: code('A parameter is missing, wrong, or there twice, or the client authenticated in two ways at once.', 'RFC 6749 5.2', 'Read the description; compare the parameters of step 5 with the provider’s documentation.'),
  invalid_client: code('The client was not believed: its id, its secret, or the way in which both were sent.', 'RFC 6749 5.2', 'Copy the secret again: it may be wrong, expired, or of another client.', 'Try the other --auth-method.'),
  invalid_grant: code('The code was not accepted: used, expired, of another client, or sent with another redirect_uri or code_verifier than its request.', 'RFC 6749 5.2', 'Walk again without a pause: codes live a minute at many servers and work once.', 'Compare redirect_uri in steps 1 and 5.'),
  unauthorized_client: code('This client may not use the Authorization Code grant.', 'RFC 6749 5.2', 'Allow the Authorization Code grant in the client’s registration.'),
  unsupported_grant_type: code('This server does not know grant_type=authorization_code.', 'RFC 6749 5.2', 'Look whether the token endpoint is the right one.'),
  invalid_scope: code('The scope is unknown, malformed, or more than the code was issued for.', 'RFC 6749 5.2', 'Send no scope in the token request.'),
  invalid_target: code('The resource named with the resource parameter is unknown or not allowed.', 'RFC 8707 2', 'Compare the resource parameter with the API’s registration.'),
  use_dpop_nonce: code('The server wants proofs of possession (DPoP), which this client does not make.', 'RFC 9449 8', 'Register the client for bearer tokens.'),
  invalid_dpop_proof: code('The server wants proofs of possession (DPoP), which this client does not make.', 'RFC 9449 5', 'Register the client for bearer tokens.'),
}

/** RFC 6750 3.1. */
export const resourceErrors: Readonly<Record<string, ErrorCode>> = {
  invalid_request: code('The request for the resource is malformed.', 'RFC 6750 3.1', 'Compare the request with the API’s documentation.'),
  invalid_token: code('The access token is expired, revoked, or not meant for this resource.', 'RFC 6750 3.1', 'Look which resource or audience the token was issued for.'),
  insufficient_scope: code('The access token is good, and its scope is too small for this resource.', 'RFC 6750 3.1', 'Ask for the scope that the WWW-Authenticate header names.'),
}

function code(means: string, read: string, ...tries: string[]): ErrorCode {
  return { means, tries, read }
}
